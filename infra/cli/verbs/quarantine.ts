import { Argument, Option } from 'commander';
import type { What } from '../commands/quarantine.ts';
import { STATES } from '../flow/states.ts';
import { withCommon, withMost, withSince } from '../options.ts';
import type { QuarantineOptions } from '../quarantine/options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

const WHATS: readonly What[] = ['list', 'show', 'explain', 'dry-run', 'release', 'discard'];

export const quarantineVerb: Verb = (firn, context, finish) => {
  withMost(withSince(withTarget(withCommon(firn.command('quarantine')), true)))
    .summary('see what is held back, try it, let it through again, give it up')
    .addArgument(new Argument('[what]', 'what to do').choices([...WHATS]).default('explain'))
    .argument('[name]', "the pipeline; of show: the document's id")
    .addOption(new Option('--state <state>', 'list: in this state (held unless given)').choices([...STATES, 'any']))
    .option('--rule <rule>', 'of documents that broke this rule')
    .option('--column <name>', '… of this column')
    .option('--batch <id>', 'list: held by this batch')
    .option('--pipeline <name>', 'of one pipeline only')
    .option('--id <id...>', 'release, discard: these documents')
    .option('--all', 'release, discard: everything that is held')
    .option('--reason <text>', 'discard: why; kept with the documents')
    .option('--by <name>', 'release, discard: who asks; your user name unless given')
    .option('--document', "show: with the document's own text")
    .description(
      'list and explain show what is held, by document and by rule; show tells the whole life of one. dry-run judges all of it again by ' +
        "today's definition, rules and suites, and writes nothing that lasts. release lets documents go through all services again, as a batch of " +
        'their own, and discard gives them up. Both are events: said twice, nothing happens twice.',
    )
    .addHelpText(
      'after',
      examples(
        'firn quarantine explain orders',
        'firn quarantine list --rule readable --since 2h --json',
        'firn quarantine show 3F2A90B17C44 --document',
        'firn quarantine dry-run orders',
        'firn quarantine release orders --rule expect_column_values_to_be_between --column QUANTITY',
        'firn quarantine discard orders --id 3F2A90B17C44 --reason "a test order"',
      ),
    )
    .action((what: What, name: string | undefined, options: QuarantineOptions) =>
      finish(import('../commands/quarantine.ts').then((it) => it.quarantine(context, what, name, options))),
    );
};
