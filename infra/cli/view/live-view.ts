import { Listr, type ListrTaskWrapper, type DefaultRenderer, type SimpleRenderer } from 'listr2';
import { isQuiet, isSettled, landedOf, type Expected, type FlowState } from '../flow/flow-state.ts';
import { batchLine, snowpipeLine, streamLine, triggerLine } from './bars.ts';
import type { FlowView } from './flow-view.ts';
import { plural } from './numbers.ts';

type Task = ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof SimpleRenderer>;

const MOST_BATCHES = 8; // lines that fit below the others on a small terminal

/** One place of the flow: a line that is drawn over until the place has nothing left to do. */
interface Place {
  readonly begin: string;
  title(state: FlowState): string;
  output?(state: FlowState): string;
  isDone(state: FlowState): boolean;
}

/** Draws bars for Snowpipe, both tasks and every batch under way, over and over in place. */
export const liveView = (files: readonly Expected[]): FlowView => {
  const hasLanded = (state: FlowState): boolean => landedOf(state, files).done === landedOf(state, files).all;
  const isStreamed = (state: FlowState): boolean => hasLanded(state) && state.inStream === 0;
  const places: readonly Place[] = [
    { begin: 'Snowpipe', title: (state) => snowpipeLine(state, files), isDone: hasLanded },
    { begin: 'Stream, TASK1', title: (state) => streamLine(state, files), isDone: isStreamed },
    {
      begin: 'TASK2',
      title: (state) => triggerLine(state, files),
      isDone: (state) => isStreamed(state) && state.waiting === 0,
    },
    {
      begin: 'Batches',
      title: batchesTitle,
      output: (state) => runningBatches(state).map(batchLine).join('\n'),
      isDone: (state) => isQuiet(state, files),
    },
  ];
  const board = places.map((place) => ({
    place,
    ...Promise.withResolvers<void>(),
    task: undefined as Task | undefined,
    isDone: false,
  }));
  const listr = new Listr<unknown>(
    board.map((it) => ({
      title: it.place.begin,
      task: (_, task) => {
        it.task = task;
        return it.promise;
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { formatOutput: 'truncate' },
    },
  );
  const drawn = listr.run();
  return {
    show: (state) => {
      for (const it of board) {
        const { place, task } = it;
        if (!task) continue;
        task.title = place.title(state);
        const output = place.output?.(state);
        if (output) task.output = output;
        if (!place.isDone(state)) continue;
        it.isDone = true;
        it.resolve();
      }
    },
    end: async () => {
      for (const it of board) {
        if (!it.isDone) it.task?.skip();
        it.resolve();
      }
      await drawn;
    },
  };
};

const batchesTitle = ({ batches }: FlowState): string => {
  const settled = batches.filter(isSettled).length;
  return batches.length === 0
    ? 'Batches         none yet'
    : `Batches         ${settled} of ${plural(batches.length, 'batch').replace(/s$/, 'es')} done`;
};

/** Those under way first, then the latest of the others. */
const runningBatches = ({ batches }: FlowState) => {
  const running = batches.filter((it) => !isSettled(it));
  const room = Math.max(0, MOST_BATCHES - running.length);
  const settled = batches.filter(isSettled);
  return [...settled.slice(settled.length - Math.min(room, settled.length)), ...running.slice(0, MOST_BATCHES)];
};
