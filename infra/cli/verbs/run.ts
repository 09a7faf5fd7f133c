import type { RunOptions } from '../commands/run.ts';
import { withCommon, withPace, withTimeout } from '../options.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const runVerb: Verb = (firn, context, finish) => {
  withTimeout(withPace(withCommon(firn.command('run'))))
    .summary('load files and show each step')
    .argument('<file...>', 'files of one JSON document a line, plain, .gz or .zst')
    .option('--pipeline <name>', 'whose documents they are; the first pipeline there is unless given')
    .description(
      'Starts the stack (or uses the one that runs on the data directory), puts the files into its bucket, and follows them ' +
        'live: Snowpipe, the stream and TASK1, TASK2, and every batch through its stages. Ends when nothing moves any more, ' +
        'with an account of every document. A file whose content has been loaded before is not loaded again.',
    )
    .addHelpText(
      'after',
      examples(
        'firn run orders.ndjson',
        'firn run --threshold 100 *.ndjson.gz',
        'firn run orders.ndjson --json | jq .documents',
      ),
    )
    .action((files: string[], options: RunOptions) =>
      finish(import('../commands/run.ts').then(({ run }) => run(context, files, options))),
    );
};
