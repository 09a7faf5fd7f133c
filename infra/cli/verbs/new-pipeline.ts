import { Argument } from 'commander';
import type { NewPipelineOptions } from '../commands/new-pipeline.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const newPipelineVerb: Verb = (firn, context, finish) => {
  firn
    .command('new')
    .summary('start a pipeline from sample documents')
    .addArgument(new Argument('<what>', 'what to start').choices(['pipeline']))
    .argument('<name>', "the pipeline's name: small letters, digits and _")
    .option('--sample <file...>', 'documents: one a line, one a file, or a list; plain or .gz')
    .option('--documents <path>', 'where in the file the documents are, for example data.orders')
    .option('--key <path>', 'what names a document: its versions share it')
    .option('--rows <path>', 'the list whose elements become rows; none: a document is one row')
    .option('--date <path>', 'the date that a document is about')
    .option('--version <path>', 'the time of its last change; none: load time decides')
    .option('--schema <name>', "schema of its raw and processed tables; the pipeline's name unless given")
    .option('--table <name>', 'the table that analysts read; STG_<NAME> unless given')
    .option('--dry-run', 'show what would be written, and write nothing')
    .option('--yes', 'take what the sample suggests without being asked')
    .option('--json', 'one JSON document on standard output, and nothing else there')
    .description(
      "Reads the sample, proposes columns and types, and writes each owner's part: extract's definition, transform's rules, " +
        "validate's suites, load's target, the coordinator's entry, and a sample that the tests run through all of them.",
    )
    .addHelpText(
      'after',
      examples(
        'firn new pipeline returns --sample returns.ndjson',
        'firn new pipeline shopify --sample orders.json --key id --rows line_items --yes',
        'firn new pipeline carts --sample carts.json --rows none --dry-run',
      ),
    )
    .action((_: string, name: string, options: NewPipelineOptions) =>
      finish(import('../commands/new-pipeline.ts').then(({ newPipeline }) => newPipeline(context, name, options))),
    );
};
