import { attachStack } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { audit } from '../flow/audit.ts';
import { countRows, sampleRows } from '../flow/audit-statements.ts';
import type { Expected } from '../flow/flow-state.ts';
import { flows, type Flow } from '../flow/flow-tables.ts';
import { readFlow } from '../flow/read-flow.ts';
import { follow } from '../flow/watch.ts';
import { paceOf, type CommonOptions, type PaceOptions } from '../options.ts';
import type { Session } from '../session.ts';
import { openSession } from '../session.ts';
import { land, type Landed } from '../source/landing.ts';
import { readSources } from '../source/source-file.ts';
import type { FlowView } from '../view/flow-view.ts';
import { liveView } from '../view/live-view.ts';
import { plainView } from '../view/plain-view.ts';
import { plural } from '../view/numbers.ts';
import { exitCodeOf, summaryJson, summaryLines, type RunFile, type Summary } from '../view/run-summary.ts';
import { count } from '../../../shared/snowflake/warehouse.ts';

export type RunOptions = CommonOptions & PaceOptions & { readonly timeout: number };

/** Brings files in, follows them until nothing moves any more, and accounts for every document. */
export const run = async (context: Context, paths: readonly string[], options: RunOptions): Promise<number> => {
  const started = Date.now();
  const { terminal, stop } = context;
  const say = (text: string): void => {
    if (!options.json) terminal.note(`${text}\n`);
  };
  const sources = await readSources(paths);
  say(
    `Starting on ${options.data}: ${plural(sources.length, 'file')}, ${plural(
      sources.reduce((sum, it) => sum + it.documents, 0),
      'document',
    )}`,
  );
  const stack = await attachStack(options.data, paceOf(options));
  if (!stack.isOwn) say('A stack runs on this directory already: using it, at its own pace');
  try {
    const session = await openSession(stack.at.warehouse);
    const [flow] = flows();
    const since = new Date();
    const landed = await land({ ...stack.at, endpoint: stack.at.queues }, flow!.pipeline, sources);
    const files = await toBring(session, flow!, landed);
    const brought = files.filter((it) => it.state !== 'loaded before');
    const expected: Expected[] = brought.map((it) => ({ key: it.key, documents: it.source.documents }));

    const view = viewFor(context, expected, options);
    const read = () => readFlow(session, flow!, { keys: expected.map((it) => it.key), since });
    const followed = await follow(
      { read, show: view.show, stop },
      { files: expected, timeoutSeconds: options.timeout },
    ).finally(() => view.end());

    const batchIds = followed.state.batches.map((it) => it.batchId);
    const [rows] = await session.rows(countRows(flow!, batchIds));
    const sample = options.json ? undefined : await session.stream(sampleRows(flow!, batchIds).text, batchIds);
    const summary: Summary = {
      flow: flow!,
      files,
      expected,
      ...followed,
      audit: await audit(session, flow!, brought),
      rows: count(rows?.['ROWS_LOADED'] ?? null),
      elapsedSeconds: (Date.now() - started) / 1000,
    };
    await terminal.result(
      options.json
        ? `${summaryJson(summary)}\n`
        : `${(await summaryLines(terminal, summary, sample!, (command) => nextCommand(context, command, options.data))).join('\n')}\n`,
    );
    await session.close();
    return exitCodeOf(summary);
  } finally {
    await stack.close();
  }
};

const viewFor = ({ terminal }: Context, expected: readonly Expected[], { json }: RunOptions): FlowView => {
  if (terminal.isLive && !json) return liveView(expected);
  return plainView(terminal.note, expected);
};

/** A file whose every document was accounted for before brings nothing; one that was interrupted counts in full. */
const toBring = async (session: Session, flow: Flow, landed: readonly Landed[]): Promise<readonly RunFile[]> => {
  const files: RunFile[] = [];
  for (const file of landed) {
    const before = file.wasThere ? await audit(session, flow, [file]) : undefined;
    const state = !before ? 'new' : before.problems.length === 0 ? 'loaded before' : 'in flight before';
    files.push({ ...file, state });
  }
  return files;
};
