import { Option } from 'commander';
import type { BatchesOptions } from '../commands/batches.ts';
import { STATUSES } from '../flow/statuses.ts';
import { withCommon, withMost, withSince } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const batchesVerb: Verb = (firn, context, finish) => {
  withMost(
    withSince(
      withTarget(withCommon(firn.command('batches')), false).option('--pipeline <name>', 'of one pipeline only'),
    ),
  )
    .summary('list batches, newest first')
    .addOption(new Option('--status <status>', 'in this status only').choices(STATUSES))
    .description(
      'One line a batch: how far it has come, in which attempt, its documents, rows loaded and held back, and where it failed. ' +
        'Works with and without a running stack.',
    )
    .addHelpText(
      'after',
      examples(
        'firn batches',
        'firn batches --status failed --since 2h',
        "firn batches --json | jq '.batches[].batchId'",
      ),
    )
    .action((options: BatchesOptions) =>
      finish(import('../commands/batches.ts').then(({ batches }) => batches(context, options))),
    );
};
