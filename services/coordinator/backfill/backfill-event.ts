import type { BackfillAdvanced } from '../../../events/backfill-advanced.v1.ts';
import type { BackfillEnded } from '../../../events/backfill-ended.v1.ts';
import type { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import type { BatchEvent } from '../batch-event.ts';

/** What is said about a backfill itself. */
export type BackfillEvent = BackfillRequested | BackfillInstructed | BackfillAdvanced | BackfillEnded;

/** Everything that a backfill's state follows from: what is said about it, and what happens to its chunks. */
export type StoryEvent = BackfillEvent | BatchEvent;

const BACKFILL_ID = /^BF\d{14}_[0-9A-F]{8}$/;
const CHUNK_ID = /^(BF\d{14}_[0-9A-F]{8})_C\d{3}$/;

/**
 * Whether an id has the shape by which backfills and their chunks are told from batches of the trigger.
 * @example isBackfillId('BF20260105093000_A1B2C3D4') // true
 */
export const isBackfillId = (id: string): boolean => BACKFILL_ID.test(id);

/**
 * The backfill that a chunk is of; undefined for any other batch.
 * @example backfillOf('BF20260105093000_A1B2C3D4_C003') // 'BF20260105093000_A1B2C3D4'
 */
export const backfillOf = (batchId: string): string | undefined => CHUNK_ID.exec(batchId)?.[1];

export const isBackfillEvent = (event: StoryEvent): event is BackfillEvent => event.type.startsWith('backfill.');
