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

/** What has happened to each document in quarantine: held, released, discarded; append-only. */
export const quarantineLog = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'QUARANTINE_LOG'));

/** One row; whoever updates it first releases or discards first. */
export const quarantineLock = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'QUARANTINE_LOCK'));

/** What each validation found, in Great Expectations' format; append-only. */
export const validations = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'VALIDATIONS'));

/** Documents that go through the services again, each marked with the id of its batch. */
export const released = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'RELEASED'));

/** Where other owners keep documents as they arrived, and all normalized rows; read only. */
export const streamed = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'STREAMED'));
export const history = (beside: TableRef, pipeline: string): TableRef => sibling(beside, tableName(pipeline));

/** What the names of all its temp tables begin with. */
export const tempPrefix = (pipeline: string): string => `${tableName(pipeline, 'VERDICTS_TEMP')}_`;

/** What the names of all its shadows begin with. */
export const shadowPrefix = (pipeline: string): string => `${tableName(pipeline, 'QUARANTINE_BACKFILL')}_BF`;
