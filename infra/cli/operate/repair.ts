import { BatchId } from '../../../events/contract.ts';
import type { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import type { Fault, Reconciliation } from '../flow/reconcile.ts';

/** What would set a balance right, and the faults that only a person can judge. */
export interface Repair {
  readonly replays: readonly ReplayRequested[];
  /** Documents that were never taken on are to wait for the trigger once more. */
  readonly takesOn: boolean;
  readonly leaves: readonly Fault[];
}

// What is in target and quarantine at once, or comes from no document, no replay would take away.
const isBeyond = (fault: Fault): boolean =>
  fault.what === 'stray' || fault.what === 'doubled' || fault.status === 'unknown';

/** One replay a broken batch: from where it failed, or whole if it was complete. */
export const repairOf = (found: Reconciliation, now: Date, newId: () => string): Repair => {
  const mendable = found.faults.filter((it) => !isBeyond(it));
  const batches = new Map(mendable.flatMap((it) => (it.batchId === null ? [] : [[it.batchId, it.status] as const])));
  const replays = [...batches].map(([batchId, status]): ReplayRequested => {
    const id = newId();
    return {
      type: 'replay.requested.v1',
      id,
      time: now.toISOString(),
      pipeline: found.pipeline,
      batchId: BatchId.parse(batchId),
      attempt: 1,
      causationId: null,
      traceId: id,
      data: { from: status === 'complete' ? 'extract' : null, incident: null },
    };
  });
  return {
    replays,
    takesOn: mendable.some((it) => it.status === 'never taken on'),
    leaves: found.faults.filter(isBeyond),
  };
};
