import { TableRef, type Backfill, type Envelope } from '../../events/contract.ts';
import { sibling, tableName } from '../../shared/sql/table.ts';
import type { ExtractPipeline } from './pipelines/definition.ts';

type Batch = Pick<Envelope, 'pipeline' | 'batchId'>;

/** The batch's normalized rows on their way to the next stages; one table an attempt, so that attempts can't mix. */
export const normalizedTemp = (beside: TableRef, { pipeline, batchId }: Batch, attempt: number): TableRef =>
  sibling(beside, tableName(pipeline, 'NORMALIZED_TEMP', batchId, attempt));

/** The history as a backfill rebuilds it; one table a backfill, so that a late writer or dropper of another can't touch it. */
export const historyShadow = (beside: TableRef, pipeline: string, { id }: Backfill): TableRef =>
  sibling(beside, tableName(pipeline, 'BACKFILL', id));

/** Where the trigger leaves documents, each of them once. */
export const streamed = (beside: TableRef, pipeline: string): TableRef =>
  sibling(beside, tableName(pipeline, 'STREAMED'));

/** All normalized rows there ever were, each once: of the batch that brought it last. */
export const history = (beside: TableRef, pipeline: string): TableRef => sibling(beside, tableName(pipeline));

/** One row: whoever writes into a history, or into one that a backfill rebuilds, updates it first. */
export const historyLock = (of: TableRef): TableRef => sibling(of, `${of.split('.')[2]}_LOCK`);

/** Every field that documents have shown, with the kinds of its values; append-only. */
export const fields = (beside: TableRef, pipeline: string): TableRef => sibling(beside, tableName(pipeline, 'FIELDS'));

/** Adds a column to the history, with its owner's rights. */
export const addColumnProcedure = (stage: 'dev' | 'prod', of: Pick<ExtractPipeline, 'pipeline' | 'schema'>): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.${of.schema}.${tableName(of.pipeline, 'ADD_COLUMN')}`);

/** What the names of all its temp tables begin with. */
export const tempPrefix = (pipeline: string): string => `${tableName(pipeline, 'NORMALIZED_TEMP')}_`;

/** What the names of all its shadows begin with. */
export const shadowPrefix = (pipeline: string): string => `${tableName(pipeline, 'BACKFILL')}_BF`;
