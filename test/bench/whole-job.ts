import { flows } from '../../infra/cli/flow/flow-tables.ts';
import type { FlowState } from '../../infra/cli/flow/flow-state.ts';
import { readFlow } from '../../infra/cli/flow/read-flow.ts';
import { follow } from '../../infra/cli/flow/watch.ts';
import { openSession } from '../../infra/cli/session.ts';
import { land } from '../../infra/cli/source/landing.ts';
import { readSources } from '../../infra/cli/source/source-file.ts';
import { startStackProcess } from './stack-process.ts';

export interface JobMeasured {
  readonly rows: number;
  /** From the first byte stored in the bucket to the last batch loaded: waiting for the tasks' schedules included. */
  readonly seconds: number;
  readonly batches: FlowState['batches'];
  readonly peakMiB: number;
}

/** Runs files through a stack of their own, from the bucket to the target. */
export const wholeJob = async (
  paths: readonly string[],
  onProgress: (state: FlowState) => void = () => undefined,
): Promise<JobMeasured> => {
  const sources = await readSources(paths);
  const stack = await startStackProcess();
  try {
    const session = await openSession(stack.endpoints.warehouse);
    const [flow] = flows();
    const since = new Date();
    const landed = await land(stack.endpoints, flow!.pipeline, sources);
    const files = landed.map((it) => ({ key: it.key, documents: it.source.documents }));
    const read = () => readFlow(session, flow!, { keys: files.map((it) => it.key), since });
    const { ending, state } = await follow(
      { read, show: onProgress, stop: new AbortController().signal },
      { files, timeoutSeconds: 120 },
    );
    const failed = state.batches.filter((it) => it.status !== 'complete');
    if (ending !== 'quiet' || failed.length > 0)
      throw new Error(`the job did not end well: ${ending}, ${failed.length} batches failed`);
    const loaded = state.events.filter((it) => it.type === 'batch.loaded.v1').map((it) => Date.parse(it.time));
    await session.close();
    return {
      rows: state.batches.reduce((sum, it) => sum + it.loaded, 0),
      seconds: (Math.max(...loaded) - since.getTime()) / 1000,
      batches: state.batches,
      peakMiB: await stack.peakMiB(),
    };
  } finally {
    await stack.close();
  }
};

/** Seconds from the trigger's claim to the load's event, by the times in the events themselves. */
export const claimedToLoaded = async (paths: readonly string[]): Promise<readonly number[]> => {
  const events: FlowState['events'][number][] = [];
  await wholeJob(paths, (state) => void events.splice(0, events.length, ...state.events));
  return Object.values(Object.groupBy(events, (it) => it.batchId)).map((batch) => {
    const at = (type: string): number => Date.parse(batch!.find((it) => it.type === type)!.time);
    return (at('batch.loaded.v1') - at('batch.claimed.v1')) / 1000;
  });
};
