import { TableRef } from '../../events/contract.ts';

const ledger = (stage: 'dev' | 'prod', table: string): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.FIRN.${table}`);

/** Every event the coordinator has seen, append-only; the state of a batch is what its events add up to. */
export const batchLog = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BATCH_LOG');

/** One row a claimed batch, written in the claim's own transaction: what Snowflake has to tell AWS. */
export const triggerOutbox = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'TRIGGER_OUTBOX');
