import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BreakerOpened } from '../../../events/breaker-opened.v1.ts';
import { TRIGGER_STREAM } from '../../../events/contract.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import { answerId } from '../../../shared/bus/answer.ts';
import { BREAKER, suspendRequest } from '../trigger-holds/request.ts';
import { compareEvents, type BreakerState } from './evolve.ts';

/** A breaker opens after so many batches in a row, unless its pipeline says otherwise. */
export const FAILURES_IN_A_ROW = 3;

/** What opening a breaker comes to: the trigger is held in its name, and it is told once. */
export interface Opening {
  readonly hold: SuspendRequested;
  readonly told: BreakerOpened;
}

/** Opens where the last batches all failed alike and nobody has been told yet. Between two resumes there is one opening, under one id. */
export const decideBreaker = (state: BreakerState, pipeline: string, most: number, now: Date): Opening | undefined => {
  const { resumed } = state;
  const since = Object.values(state.outcomes)
    .filter((it) => !resumed || Date.parse(it.time) > Date.parse(resumed.time))
    .toSorted(compareEvents);
  const run = runOf(since);
  const [first] = run;
  if (!first || run.length < most) return undefined;
  const id = answerId(`${pipeline} ${resumed?.id ?? 'first'}`, BreakerOpened.type);
  if (state.opened.includes(id)) return undefined;
  const alike = likeness(first);
  const { service } = first.data;
  const why = `${run.length} batches in a row failed in ${service}: ${alike}`.slice(0, 500);
  // Later than the last resume, even if clocks differ.
  const at = new Date(Math.max(now.getTime(), resumed ? Date.parse(resumed.time) + 1 : 0));
  return {
    hold: suspendRequest({ id: answerId(id, 'hold'), pipeline, holder: BREAKER, now: at, why }),
    told: {
      type: BreakerOpened.type,
      id,
      time: now.toISOString(),
      pipeline,
      batchId: TRIGGER_STREAM,
      attempt: 1,
      causationId: run.at(-1)!.id,
      traceId: id,
      data: { service, alike, batches: run.slice(-100).map((it) => it.batchId) },
    },
  };
};

/** What two failures have in common if they are alike: the stage, and the rule that stopped them or else the class of error. */
const likeness = ({ data }: BatchFailed): string => {
  const first = data.verdict?.expectations[0];
  const what = first
    ? [first.rule, ...(first.column === undefined ? [] : [`of ${first.column}`])].join(' ')
    : data.error.kind;
  return `${what} in ${data.service} at ${data.failedEvent.type}`.slice(0, 500);
};

/** The failures at the end that are all alike. */
const runOf = (outcomes: readonly BreakerState['outcomes'][string][]): readonly BatchFailed[] => {
  const run: BatchFailed[] = [];
  for (const outcome of outcomes.toReversed()) {
    if (outcome.type !== 'batch.failed.v1') break;
    if (run[0] && likeness(run[0]) !== likeness(outcome)) break;
    run.unshift(outcome);
  }
  return run;
};
