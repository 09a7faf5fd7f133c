import type { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import type { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import type { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { Contract, EventOf } from '../../events/contract.ts';
import type { Publish } from '../bus/publisher.ts';
import type { Figures, Measure } from './metrics.ts';

/** Publishes, and measures what the bus has accepted. An event that is said again counts again: figures show the flow, tables are the account. */
export const measured =
  (publish: Publish, measure: Measure): Publish =>
  async (outgoing) => {
    await publish(outgoing);
    for (const { event } of outgoing) {
      if (event.type === 'backfill.ended.v1') measure(figuresOf(event), { pipeline: event.pipeline });
      if (!event.type.startsWith('batch.')) continue;
      measure({ Batches: 1 }, { pipeline: event.pipeline, event: event.type });
      measure(figuresOf(event), { pipeline: event.pipeline });
    }
  };

const figuresOf = (event: EventOf<Contract>): Figures => {
  switch (event.type) {
    case 'batch.loaded.v1': {
      const { rows, documents, superseded, backfill } = (event as BatchLoaded).data;
      if (backfill) return { RowsRebuilt: rows };
      return { RowsLoaded: rows, DocumentsLoaded: documents, DocumentsSuperseded: superseded.documents };
    }
    case 'batch.validated.v1':
      return { DocumentsQuarantined: (event as BatchValidated).data.quarantined.documents };
    case 'batch.failed.v1':
      return { Failures: 1 };
    case 'backfill.ended.v1':
      return (event as BackfillEnded).data.outcome === 'failed' ? { BackfillsFailed: 1 } : {};
    default:
      return {};
  }
};
