import type { Backfill, TableRef } from '../../events/contract.ts';
import { sibling, tableName } from '../../shared/sql/table.ts';

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

/** What the names of all its shadows begin with. */
export const shadowPrefix = (pipeline: string): string => `${tableName(pipeline, 'QUARANTINE_BACKFILL')}_BF`;
