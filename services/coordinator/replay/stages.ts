import type { QuarantineReleased } from '../../../events/quarantine-released.v1.ts';
import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import type { ReplayStage } from '../../../events/contract.ts';
import type { BatchEvent } from '../batch-event.ts';

/** The event with which a batch enters a stage. */
export const entryOf = (event: BatchEvent): ReplayStage | undefined => {
  switch (event.type) {
    case 'batch.triggered.v1':
      return 'extract';
    case 'batch.extracted.v1':
    case 'batch.transformed.v1':
      return 'validate';
    case 'batch.validated.v1':
      return event.data.stage === 'extracted' ? 'transform' : 'load';
    case 'batch.claimed.v1':
    case 'batch.loaded.v1':
    case 'batch.completed.v1':
    case 'batch.failed.v1':
    case 'replay.requested.v1':
    case 'replay.answered.v1':
    case 'release.requested.v1':
    case 'quarantine.released.v1':
      return undefined;
  }
};

/** The newest of some events: of the latest attempt the one said last. */
export const newestOf = <E extends BatchEvent>(events: readonly E[]): E | undefined =>
  events.toSorted((a, b) => a.attempt - b.attempt || (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)).at(-1);

/** The newest failure of a batch. */
export const lastFailure = (events: readonly BatchEvent[]): BatchFailed | undefined =>
  newestOf(events.filter((it): it is BatchFailed => it.type === 'batch.failed.v1'));

/** The stored event with which the batch last entered this stage; where it failed there, the one that failed. */
export const storedEntry = (events: readonly BatchEvent[], stage: ReplayStage): BatchEvent | undefined => {
  const entries = withTrigger(events).filter((it) => entryOf(it) === stage);
  const failed = lastFailure(events)?.data.failedEvent.id;
  if (stage !== 'validate') return newestOf(entries);
  // It is entered twice: what was transformed is judged again only if that judgement failed.
  return entries.find((it) => it.id === failed) ?? newestOf(entries.filter((it) => it.type === 'batch.extracted.v1'));
};

/** What a released batch is started with. */
export const triggerData = ({ data: { source, documents } }: QuarantineReleased): BatchTriggered['data'] => ({
  source,
  documents,
});

/** A claim, or a release, that was never answered says all that a trigger would. */
const withTrigger = (events: readonly BatchEvent[]): readonly BatchEvent[] => {
  if (events.some((it) => it.type === 'batch.triggered.v1')) return events;
  return events.flatMap((it): readonly BatchEvent[] =>
    it.type === 'batch.claimed.v1'
      ? [it, { ...it, type: BatchTriggered.type }]
      : it.type === 'quarantine.released.v1'
        ? [it, { ...it, type: BatchTriggered.type, data: triggerData(it) }]
        : [it],
  );
};
