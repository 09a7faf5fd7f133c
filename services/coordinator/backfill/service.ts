import type { Course } from '../../../shared/snowflake/course.ts';
import { pipelineOf } from '../pipelines/registry.ts';
import { advance, record, type AdvanceDeps } from './advance.ts';
import { backfillOf, type BackfillEvent, type StoryEvent } from './backfill-event.ts';

/** Writes what is said about a backfill into the log, and takes the steps that follow. */
export const followBackfill =
  (deps: AdvanceDeps) =>
  async (event: BackfillEvent, course: Course): Promise<void> => {
    pipelineOf(event.pipeline);
    await record(deps, event);
    // Its own steps have been followed up where they were taken; the check looks after those that were not.
    if (event.type === 'backfill.requested.v1' || event.type === 'backfill.instructed.v1') {
      await advance({ ...deps, course }, event, [event]);
    }
  };

/** Takes the steps that follow from what has happened to a chunk, once that is in the log. */
export const followChunk =
  (deps: AdvanceDeps) =>
  async (event: StoryEvent, course: Course): Promise<void> => {
    const backfillId = backfillOf(event.batchId);
    if (backfillId === undefined || !['batch.loaded.v1', 'batch.failed.v1'].includes(event.type)) return;
    await advance({ ...deps, course }, { ...event, batchId: backfillId }, [event]);
  };
