import type { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { BatchId } from '../../../events/contract.ts';
import type { DiscardRequested } from '../../../events/discard-requested.v1.ts';
import { QuarantineDiscarded } from '../../../events/quarantine-discarded.v1.ts';
import { QuarantineReleased } from '../../../events/quarantine-released.v1.ts';
import type { ReleaseRequested } from '../../../events/release-requested.v1.ts';
import { answer } from '../../../shared/bus/answer.ts';
import type { Publish } from '../../../shared/bus/publisher.ts';
import { BadMessage } from '../../../shared/errors.ts';
import { unhurried, type Course } from '../../../shared/snowflake/course.ts';
import { count, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { suiteOf } from '../suites/registry.ts';
import { countDiscarded, noteDiscarded } from '../sql/discard-documents.ts';
import { copyReleased, countReleased, noteReleased, takeTurn } from '../sql/release-documents.ts';
import { restoreOlder } from '../sql/restore-older.ts';
import { history, quarantine, quarantineLock, quarantineLog, released as releasedTable, streamed } from '../tables.ts';

/** What looking after the quarantine needs of the world. */
export interface QuarantineDeps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
}

/** Lets held documents go through the services again, as the batch whose id the request carries. Safe to run again at any point. */
export const releaseDocuments =
  ({ warehouse, publish, now }: QuarantineDeps) =>
  async (event: ReleaseRequested, course: Course = unhurried()): Promise<void> => {
    const request = requestOf(event, now());
    const into = releasedTable(request.quarantine, event.pipeline);
    const copy = copyReleased({ ...request, into });
    await warehouse.transaction([takeTurn(request), noteReleased(request), copy], event, course);
    const { rows } = await warehouse.run(countReleased({ from: into, batchId: event.batchId }), event);
    const data = { source: into, documents: count(rows[0]?.['DOCUMENTS']), why: 'requested' as const };
    await publish([{ contract: QuarantineReleased, event: answer(event, QuarantineReleased, data, now()) }]);
  };

/** Gives held documents up, with who and why. Safe to run again at any point. */
export const discardDocuments =
  ({ warehouse, publish, now }: QuarantineDeps) =>
  async (event: DiscardRequested, course: Course = unhurried()): Promise<void> => {
    const request = requestOf(event, now());
    await warehouse.transaction(
      [takeTurn(request), noteDiscarded({ ...request, reason: event.data.reason })],
      event,
      course,
    );
    const { rows } = await warehouse.run(countDiscarded(request), event);
    const data = { documents: count(rows[0]?.['DOCUMENTS']) };
    await publish([{ contract: QuarantineDiscarded, event: answer(event, QuarantineDiscarded, data, now()) }]);
  };

/** Brings older versions back, through all services, where a batch has taken the newest one of an order back. */
export const restoreVersions =
  ({ warehouse, publish, now }: QuarantineDeps) =>
  async (event: BatchLoaded, course: Course = unhurried()): Promise<void> => {
    const { retracted, target } = event.data;
    if (!retracted) return;
    const at = { quarantine: retracted.quarantine, lock: quarantineLock(retracted.quarantine, event.pipeline), event };
    const into = releasedTable(at.quarantine, event.pipeline);
    const batchId = restoringBatch(event);
    const restored = restoreOlder({
      ...at,
      key: suiteOf(event.pipeline, 'transformed').key,
      batchId: event.batchId,
      log: quarantineLog(at.quarantine, event.pipeline),
      history: history(at.quarantine, event.pipeline),
      streamed: streamed(at.quarantine, event.pipeline),
      target,
      into,
      releaseBatch: batchId,
      now: now(),
    });
    await warehouse.transaction([takeTurn(at), restored], event, course);
    const { rows } = await warehouse.run(countReleased({ from: into, batchId }), event);
    const documents = count(rows[0]?.['DOCUMENTS']);
    const data = { source: into, documents, why: 'newer version taken back' as const };
    const told = answer(event, QuarantineReleased, data, now());
    // Nothing comes back: that is said of the batch itself, so that nobody waits for more.
    const released = documents === 0 ? told : { ...told, batchId, attempt: 1, traceId: batchId };
    await publish([{ contract: QuarantineReleased, event: released }]);
  };

const requestOf = (event: ReleaseRequested | DiscardRequested, now: Date) => {
  const { pipeline, data } = event;
  suiteOf(pipeline, 'extracted');
  // A request names the table that it has read, so that no other stage's or pipeline's is meant by mistake.
  if (data.quarantine !== quarantine(data.quarantine, pipeline))
    throw new BadMessage(`${data.quarantine} is not the quarantine of ${pipeline}`);
  return {
    event,
    documents: data.documents,
    by: data.by,
    quarantine: data.quarantine,
    log: quarantineLog(data.quarantine, pipeline),
    lock: quarantineLock(data.quarantine, pipeline),
    now,
  };
};

/** One batch an event, however often it is heard: its time, and what tells its id from others. */
const restoringBatch = ({ id, time }: BatchLoaded): BatchId =>
  BatchId.parse(`R${time.replace(/\D/g, '').slice(0, 14)}_${id.replaceAll('-', '').slice(0, 8).toUpperCase()}`);
