import { count } from '../../../shared/snowflake/warehouse.ts';
import type { Endpoints } from '../../local/stack.types.ts';
import { attachStack } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { audit, whileMoving } from '../flow/audit.ts';
import { countRows, sampleRows } from '../flow/audit-statements.ts';
import type { Expected } from '../flow/flow-state.ts';
import { flowOf, type Flow } from '../flow/flow-tables.ts';
import { readFlow } from '../flow/read-flow.ts';
import { follow } from '../flow/watch.ts';
import { paceOf, type CommonOptions, type PaceOptions } from '../options.ts';
import { collect, openSession, type Session } from '../session.ts';
import { land, type Landed } from '../source/landing.ts';
import { readSources, type SourceFile } from '../source/source-file.ts';
import type { FlowView } from '../view/flow-view.ts';
import { liveView } from '../view/live-view.ts';
import { plural } from '../view/numbers.ts';
import { plainView } from '../view/plain-view.ts';
import { exitCodeOf, summaryJson, summaryLines, type RunFile, type Summary } from '../view/run-summary.ts';

export type RunOptions = CommonOptions & PaceOptions & { readonly timeout: number; readonly pipeline?: string };

/** Brings files in, follows them until nothing moves any more, and accounts for every document. */
export const run = async (context: Context, paths: readonly string[], options: RunOptions): Promise<number> => {
  const started = Date.now();
  const { terminal } = context;
  flowOf(options.pipeline); // refuses a wrong name before anything starts
  const sources = await readSources(paths);
  const documents = sources.reduce((sum, it) => sum + it.documents, 0);
  terminal.note(`${plural(sources.length, 'file')}, ${plural(documents, 'document')}; starting on ${options.data}\n`);
  const stack = await attachStack(options.data, paceOf(options), options.notify);
  if (!stack.isOwn) terminal.note('A stack runs on this directory already: using it, at its own pace\n');
  try {
    const session = await openSession(stack.at.warehouse);
    const told = await bringIn(context, { session, sources, at: stack.at, options });
    await session.close();
    const summary = { ...told, elapsedSeconds: (Date.now() - started) / 1000 };
    const next = (command: string): string => nextCommand(context, command, options.data);
    const text = options.json ? summaryJson(summary) : summaryLines(terminal, summary, next).join('\n');
    await terminal.result(`${text}\n`);
    return exitCodeOf(summary);
  } finally {
    await stack.close();
  }
};

interface Work {
  readonly session: Session;
  readonly sources: readonly SourceFile[];
  readonly at: Endpoints;
  readonly options: RunOptions;
}

const bringIn = async (context: Context, work: Work): Promise<Omit<Summary, 'elapsedSeconds'>> => {
  const { session, options } = work;
  const flow = flowOf(options.pipeline);
  const since = new Date();
  const files = await toBring(session, flow, await land(work.at, flow.pipeline, work.sources));
  const brought = files.filter((it) => it.state !== 'loaded before');
  const expected: Expected[] = brought.map((it) => ({ key: it.key, documents: it.source.documents }));

  const view = viewFor(context, expected, options);
  const read = () => readFlow(session, flow, { keys: expected.map((it) => it.key), since });
  const deps = { read, show: view.show, stop: context.stop };
  const followed = await untilEnd(view, follow(deps, { files: expected, timeoutSeconds: options.timeout }));

  const batchIds = followed.state.batches.map((it) => it.batchId);
  const [rows] = await session.rows(countRows(flow, batchIds));
  const sample = await collect(await session.stream(sampleRows(flow, batchIds)));
  const found = await audit(session, flow, brought);
  return {
    flow,
    files,
    expected,
    ...followed,
    audit: followed.ending === 'quiet' ? found : whileMoving(found),
    rows: count(rows?.['ROWS_LOADED'] ?? null),
    sample,
  };
};

const untilEnd = async <T>(view: FlowView, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } finally {
    await view.end();
  }
};

const viewFor = ({ terminal }: Context, expected: readonly Expected[], { json }: RunOptions): FlowView =>
  terminal.isLive && !json ? liveView(expected) : plainView(terminal.note, expected);

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
