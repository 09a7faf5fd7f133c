import { TableRef } from '../../events/contract.ts';
import { tableName } from '../../shared/sql/table.ts';
import type { CoordinatedPipeline } from './pipelines/registry.ts';

const ledger = (stage: 'dev' | 'prod', table: string): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.FIRN.${table}`);

/** Every event the coordinator has seen, append-only; the state of a batch is what its events add up to. */
export const batchLog = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BATCH_LOG');

/** One row a claimed batch, written in the claim's own transaction: what Snowflake has to tell AWS. */
export const triggerOutbox = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'TRIGGER_OUTBOX');

/** The task that claims what waits: TASK2, whose owner the coordinator is not, but which it may suspend and resume. */
export const triggerTask = (stage: 'dev' | 'prod', { pipeline, schema }: CoordinatedPipeline): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW.${schema}.${tableName(pipeline, 'TASK2')}`);
