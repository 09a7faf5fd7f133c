import type { QueryTag } from '../../../shared/snowflake/warehouse.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { eventOf } from '../service.ts';
import { appendEvent } from '../sql/append-event.ts';
import { batchLog } from '../tables.ts';
import { backfillOf, type BackfillEvent, type StoryEvent } from './backfill-event.ts';
import { decideBackfill } from './decide.ts';
import { textOf } from './effects.ts';
import { evolveBackfill, initialBackfill } from './evolve.ts';
import { perform, type BackfillDeps } from './perform.ts';
import { openBackfills, readBackfill } from './sql/read-backfill.ts';

/** Writes what is said about a backfill into the log, and takes the steps that follow. */
export const followBackfill =
  (deps: BackfillDeps) =>
  async (event: BackfillEvent): Promise<void> => {
    pipelineOf(event.pipeline);
    await record(deps, event);
    // Its own steps have been followed up where they were taken; the check looks after those that were not.
    if (event.type === 'backfill.requested.v1' || event.type === 'backfill.instructed.v1') {
      await advance(deps, event, [event]);
    }
  };

/** Takes the steps that follow from what has happened to a chunk, once that is in the log. */
export const followChunk =
  (deps: BackfillDeps) =>
  async (event: StoryEvent): Promise<void> => {
    const backfillId = backfillOf(event.batchId);
    if (backfillId === undefined || !['batch.loaded.v1', 'batch.failed.v1'].includes(event.type)) return;
    await advance(deps, { ...event, batchId: backfillId }, [event]);
  };

/** Moves every open backfill on as far as it can go: whatever was cut off anywhere goes on here. */
export const checkBackfills = (deps: BackfillDeps) => async (): Promise<void> => {
  const nobody = { pipeline: '-', batchId: '-', attempt: 0 };
  const { rows } = await deps.warehouse.run(openBackfills({ from: batchLog(deps.stage) }), nobody);
  const failures: unknown[] = [];
  for (const row of rows) {
    const tag = { pipeline: textOf(row['PIPELINE']), batchId: textOf(row['BATCH_ID']), attempt: 1 };
    // One that can't go on must not keep the others from it.
    await advance(deps, tag, []).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
};

const advance = async (
  deps: BackfillDeps,
  { pipeline, batchId }: QueryTag,
  seen: readonly StoryEvent[],
): Promise<void> => {
  const { warehouse, stage, now } = deps;
  const tag = { pipeline, batchId, attempt: 1 };
  const { rows } = await warehouse.run(readBackfill({ from: batchLog(stage), backfillId: batchId }), tag);
  // The log may not show this session's own last rows to it yet; evolving twice by one event is harmless.
  let state = [...rows.map(eventOf), ...seen].reduce(evolveBackfill, initialBackfill);
  for (;;) {
    const command = decideBackfill(state, now());
    if (command.do === 'wait') return;
    const said = await perform(deps, state, command);
    for (const event of said) await record(deps, event);
    if (said.length === 0) return;
    state = said.reduce(evolveBackfill, state);
  }
};

const record = async ({ warehouse, stage, now }: BackfillDeps, event: StoryEvent): Promise<void> => {
  await warehouse.run(appendEvent({ into: batchLog(stage), event, now: now() }), event);
};
