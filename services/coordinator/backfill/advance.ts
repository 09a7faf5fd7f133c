import type { QueryTag } from '../../../shared/snowflake/warehouse.ts';
import { eventOf } from '../service.ts';
import { appendEvent } from '../sql/append-event.ts';
import { batchLog } from '../tables.ts';
import { backfillOf, type StoryEvent } from './backfill-event.ts';
import { decideBackfill } from './decide.ts';
import { evolveBackfill, initialBackfill, type BackfillState } from './evolve.ts';
import { perform, type BackfillDeps } from './perform.ts';
import { readBackfill } from './sql/read-backfill.ts';

/** What moving a backfill on needs of the world, whichever message it is moved on by. */
export type AdvanceDeps = Omit<BackfillDeps, 'course'>;

/** Takes all steps that follow from what the log and these events say, one after another; returns how it stands then. */
export const advance = async (
  deps: BackfillDeps,
  tag: QueryTag,
  seen: readonly StoryEvent[],
): Promise<BackfillState> => {
  let state = await knownOf(deps, tag, seen);
  const isLate = state.ended !== undefined && seen.some((it) => backfillOf(it.batchId) !== undefined);
  for (;;) {
    const command = decideBackfill(state, deps.now(), isLate);
    if (command.do === 'wait') return state;
    const said = await perform(deps, state, command);
    for (const event of said) await record(deps, event);
    if (said.length === 0) return state;
    state = said.reduce(evolveBackfill, state);
  }
};

/** How a backfill stands by the log, and by these events. */
export const knownOf = async (
  { warehouse, stage }: AdvanceDeps,
  { pipeline, batchId }: QueryTag,
  seen: readonly StoryEvent[],
): Promise<BackfillState> => {
  const tag = { pipeline, batchId, attempt: 1 };
  const { rows } = await warehouse.run(readBackfill({ from: batchLog(stage), backfillId: batchId }), tag);
  // The log may not show this session's own last rows to it yet; evolving twice by one event is harmless.
  return [...rows.map(eventOf), ...seen].reduce(evolveBackfill, initialBackfill);
};

/** Writes an event into the log. */
export const record = async ({ warehouse, stage, now }: AdvanceDeps, event: StoryEvent): Promise<void> => {
  await warehouse.run(appendEvent({ into: batchLog(stage), event, now: now() }), event);
};
