import { TableRef } from '../../events/contract.ts';
import { tableName } from '../../shared/sql/table.ts';
import type { CoordinatedPipeline } from './pipelines/registry.ts';

const ledger = (stage: 'dev' | 'prod', table: string): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.FIRN.${table}`);

/** Every event the coordinator has seen, append-only; the state of a batch is what its events add up to. */
export const batchLog = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BATCH_LOG');

/** One row a claimed batch, written in the claim's own transaction: what Snowflake has to tell AWS. */
export const triggerOutbox = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'TRIGGER_OUTBOX');

/** One row; whoever updates it first begins the next attempt first. */
export const logLock = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BATCH_LOG_LOCK');

/** Every message that a service gave up, whole, also where it is no event at all. */
export const deadLetters = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'DEAD_LETTERS');

/** Which batches' rows a backfill replaces: those that were loaded when it began. */
export const backfillBatches = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BACKFILL_BATCHES');

/** What each backfill's comparison found, kept. */
export const backfillComparisons = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BACKFILL_COMPARISONS');

/** What became of each backfill, written in the transaction that made it so: published, restored or ended. */
export const backfillFates = (stage: 'dev' | 'prod'): TableRef => ledger(stage, 'BACKFILL_FATES');

type Names = Pick<CoordinatedPipeline, 'pipeline' | 'schema'>;

const raw = (stage: 'dev' | 'prod', { pipeline, schema }: Names, ...parts: string[]): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW.${schema}.${tableName(pipeline, ...parts)}`);

/** All documents as they landed, and the stream that knows which of them have not been taken on yet. */
export const rawTable = (stage: 'dev' | 'prod', of: Names): TableRef => raw(stage, of);
export const rawStream = (stage: 'dev' | 'prod', of: Names): TableRef => raw(stage, of, 'STREAM');

/** Procedures that run with their owner's rights: the only way by which more than one owner's tables change at once. */
export const publishProcedure = (stage: 'dev' | 'prod', of: Names): TableRef => raw(stage, of, 'PUBLISH_BACKFILL');
export const restoreProcedure = (stage: 'dev' | 'prod', of: Names): TableRef => raw(stage, of, 'RESTORE_BACKFILL');
export const abandonProcedure = (stage: 'dev' | 'prod', of: Names): TableRef => raw(stage, of, 'ABANDON_BACKFILL');
export const expireProcedure = (stage: 'dev' | 'prod', of: Names): TableRef => raw(stage, of, 'EXPIRE_BACKFILL');
/** The one that looks, with its owner's rights, what hangs on the tables that a backfill publishes. */
export const dependentsProcedure = (stage: 'dev' | 'prod', of: Names): TableRef =>
  raw(stage, of, 'BACKFILL_DEPENDENTS');

/** Documents that wait for the trigger, or carry the id of the batch that claimed them. */
export const streamed = (stage: 'dev' | 'prod', { pipeline, schema }: Names): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.${schema}.${tableName(pipeline, 'STREAMED')}`);

/** The raw documents that a backfill reads again, each marked with its chunk's batch id. */
export const backfillSource = (stage: 'dev' | 'prod', { pipeline, schema }: Names, id: string): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW_PROCESSED.${schema}.${tableName(pipeline, 'BACKFILL_SOURCE', id)}`);

/** What the names of all those begin with. */
export const sourcePrefix = (pipeline: string): string => `${tableName(pipeline, 'BACKFILL_SOURCE')}_BF`;

/** The task that claims what waits: TASK2, whose owner the coordinator is not, but which it may suspend and resume. */
export const triggerTask = (stage: 'dev' | 'prod', { pipeline, schema }: CoordinatedPipeline): TableRef =>
  TableRef.parse(`${stage.toUpperCase()}_RAW.${schema}.${tableName(pipeline, 'TASK2')}`);
