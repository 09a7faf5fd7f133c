import type { BatchEvent } from '../../../services/coordinator/batch-event.ts';
import { CONTRACTS } from '../../../events/contracts.ts';
import { read } from '../../../events/contract.ts';
import { flowState, type FlowState } from '../flow/flow-state.ts';

const SOURCE = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED';
const TABLE = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_TEMP';
const QUARANTINE = 'DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE';
const TARGET = 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS';

interface Told {
  readonly batchId?: string;
  readonly attempt?: number;
  /** Milliseconds after the batch's first event. */
  readonly at: number;
}

let made = 0;

/** An event as the coordinator logs it, checked against its contract. */
export const event = (
  type: BatchEvent['type'],
  data: object,
  { batchId = 'B1', attempt = 1, at }: Told,
): BatchEvent => {
  made += 1;
  const contract = CONTRACTS.find((it) => it.type === type)!;
  return read(contract, {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    time: new Date(Date.UTC(2024, 0, 1, 12) + at).toISOString(),
    pipeline: 'orders',
    batchId,
    attempt,
    causationId: null,
    traceId: batchId,
    data,
  }) as unknown as BatchEvent;
};

export const claimed = (documents: number, told: Told): BatchEvent =>
  event('batch.claimed.v1', { source: SOURCE, documents }, told);
export const triggered = (documents: number, told: Told): BatchEvent =>
  event('batch.triggered.v1', { source: SOURCE, documents }, told);
export const extracted = (documents: number, rows: number, told: Told): BatchEvent =>
  event('batch.extracted.v1', { source: SOURCE, documents, table: TABLE, rows }, told);
export const validated = (
  stage: 'extracted' | 'transformed',
  quarantined: { documents: number; rows: number; unreadable: number },
  told: Told,
): BatchEvent =>
  event(
    'batch.validated.v1',
    { stage, source: SOURCE, table: TABLE, rows: 30, documents: 10, quarantine: QUARANTINE, quarantined },
    told,
  );
export const transformed = (rows: number, superseded: { documents: number; rows: number }, told: Told): BatchEvent =>
  event('batch.transformed.v1', { source: SOURCE, table: TABLE, rows, documents: 7, superseded }, told);
export const loaded = (rows: number, superseded: { documents: number; rows: number }, told: Told): BatchEvent =>
  event('batch.loaded.v1', { target: TARGET, rows, documents: 6, superseded }, told);
export const completed = (told: Told): BatchEvent =>
  event('batch.completed.v1', { source: SOURCE, target: TARGET }, told);
export const failed = (message: string, told: Told): BatchEvent =>
  event(
    'batch.failed.v1',
    {
      service: 'transform',
      failedEvent: { id: 'x', type: 'batch.validated.v1' },
      error: { kind: 'Defect', message },
    },
    told,
  );

const NONE = { documents: 0, rows: 0, unreadable: 0 };

/** A whole life: 10 documents, 30 rows; 2 documents held back, one superseded in the batch and one by the target. */
export const wholeBatch = (batchId = 'B1', start = 0): readonly BatchEvent[] => {
  const told = (at: number): Told => ({ batchId, at: start + at });
  return [
    claimed(10, told(0)),
    triggered(10, told(100)),
    extracted(10, 30, told(600)),
    validated('extracted', { documents: 2, rows: 5, unreadable: 1 }, told(800)),
    transformed(22, { documents: 1, rows: 3 }, told(1100)),
    validated('transformed', NONE, told(1250)),
    loaded(18, { documents: 1, rows: 4 }, told(1650)),
    completed(told(1700)),
  ];
};

/** A state in which nothing waits, but for what is said. */
export const stateOf = (known: Partial<FlowState>): FlowState =>
  flowState({ landed: new Map(), inStream: 0, waiting: 0, oldestSeconds: 0, unheard: 0, events: [], ...known });
