import type { Backfill, Envelope, TableRef, ValidationStage } from '../../events/contract.ts';
import { sibling, tableName } from '../../shared/sql/table.ts';

type Batch = Pick<Envelope, 'pipeline' | 'batchId'>;

/** One row a document with what it broke; one table an attempt and stage. */
export const verdictsTemp = (beside: TableRef, batch: Batch, stage: ValidationStage, attempt: number): TableRef =>
  sibling(beside, tableName(batch.pipeline, 'VERDICTS_TEMP', stage, batch.batchId, attempt));

/** What a backfill rejects, kept apart until it is published; one table a backfill. */
export const quarantineShadow = (beside: TableRef, pipeline: string, { id }: Backfill): TableRef =>
  sibling(beside, tableName(pipeline, 'QUARANTINE_BACKFILL', id));

/** Rejected documents, whole, with reasons. */
export const quarantine = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'QUARANTINE'));

/** What the names of all its temp tables begin with. */
export const tempPrefix = (pipeline: string): string => `${tableName(pipeline, 'VERDICTS_TEMP')}_`;
