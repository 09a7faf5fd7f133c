import { attachLanding } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { flowOf } from '../flow/flow-tables.ts';
import type { CommonOptions } from '../options.ts';
import { land } from '../source/landing.ts';
import { readSources } from '../source/source-file.ts';
import { plural } from '../view/numbers.ts';
import { visible } from '../view/text.ts';

export type IngestOptions = CommonOptions & { readonly pipeline?: string };

/** Stores files in the bucket; Snowpipe loads them now if a stack runs, and as soon as one starts otherwise. */
export const ingest = async (context: Context, paths: readonly string[], options: IngestOptions): Promise<number> => {
  const { terminal } = context;
  const flow = flowOf(options.pipeline);
  const sources = await readSources(paths);
  const landing = await attachLanding(options.data);
  try {
    const { bucket } = landing.at;
    const landed = await land(landing.at, flow.pipeline, sources);
    if (options.json) {
      const files = landed.map((it) => ({
        file: it.source.path,
        bucket,
        key: it.key,
        documents: it.source.documents,
        bytes: it.source.bytes,
        state: it.wasThere ? 'there before' : 'stored',
      }));
      await terminal.result(`${JSON.stringify({ files, isRunning: !landing.isOwn })}\n`);
      return 0;
    }
    const lines = landed.map(({ source, key, wasThere }) =>
      visible(
        `${source.path}: ${plural(source.documents, 'document')}, ${wasThere ? 'was there before as' : 'stored as'} s3://${bucket}/${key}`,
      ),
    );
    const next = landing.isOwn
      ? `No stack runs on this directory: Snowpipe loads them at the next \`${nextCommand(context, 'up', options.data)}\``
      : `The running stack loads them: \`${nextCommand(context, 'status', options.data)}\``;
    await terminal.result(`${[...lines, next].join('\n')}\n`);
    return 0;
  } finally {
    await landing.close();
  }
};
