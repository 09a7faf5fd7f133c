import type { IngestOptions } from '../commands/ingest.ts';
import { withCommon } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const ingestVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('ingest')), true)
    .summary('put files into the bucket, without waiting')
    .argument('<file...>', 'files of one JSON document a line, plain, .gz or .zst')
    .option('--pipeline <name>', 'whose documents they are; the first pipeline there is unless given')
    .description(
      'Stores the files where Snowpipe finds them. A running stack loads them at once; without one they wait for the next ' +
        '`firn up` or `firn run`.',
    )
    .addHelpText('after', examples('firn ingest orders.ndjson', 'firn ingest late/*.ndjson.gz --data /tmp/other'))
    .action((files: string[], options: IngestOptions) =>
      finish(import('../commands/ingest.ts').then(({ ingest }) => ingest(context, files, options))),
    );
};
