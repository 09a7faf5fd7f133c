import { setTimeout as sleep } from 'node:timers/promises';
import { isQuiet, progressMark, type Expected, type FlowState } from './flow-state.ts';

/** How following ended: nothing moves any more, nothing has moved for too long, or the user said stop. */
export type Ending = 'quiet' | 'stuck' | 'stopped';

interface Deps {
  readonly read: () => Promise<FlowState>;
  readonly show: (state: FlowState) => void;
  readonly stop: AbortSignal;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number, stop: AbortSignal) => Promise<unknown>;
}

const POLL_MS = 250;
// Looking takes time from the work that is looked at: a tenth, unless whoever watches would wait long for the next look.
const PAUSE_TO_LOOK = 9;
const LONGEST_PAUSE_MS = 1000;

const pauseUnless = (milliseconds: number, signal: AbortSignal): Promise<unknown> =>
  sleep(milliseconds, undefined, { signal }).catch(() => undefined);

/** Follows a run until it is quiet, or until nothing has moved for `timeoutSeconds`. */
export const follow = async (
  { read, show, stop, now = Date.now, pause = pauseUnless }: Deps,
  run: { readonly files: readonly Expected[]; readonly timeoutSeconds: number },
): Promise<{ readonly ending: Ending; readonly state: FlowState }> => {
  let mark = '';
  let movedAt = now();
  for (;;) {
    const asked = now();
    const state = await read();
    const lookMs = now() - asked;
    show(state);
    if (isQuiet(state, run.files)) return { ending: 'quiet', state };
    const next = progressMark(state);
    if (next !== mark) movedAt = now();
    mark = next;
    if (stop.aborted) return { ending: 'stopped', state };
    if (now() - movedAt >= run.timeoutSeconds * 1000) return { ending: 'stuck', state };
    await pause(Math.min(Math.max(POLL_MS, PAUSE_TO_LOOK * lookMs), LONGEST_PAUSE_MS), stop);
  }
};
