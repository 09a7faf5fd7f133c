import * as z from 'zod';
import { Backfill, contract, Count, HandedColumns, TableRef, type EventOf } from './contract.ts';

/** The business rules have been applied to the newest version of each order that passed validation. */
export const BatchTransformed = contract({
  type: 'batch.transformed.v1',
  producer: 'transform',
  data: z.object({
    source: TableRef,
    table: TableRef,
    rows: Count,
    documents: Count,
    /** Left out because the batch holds a newer version of the same order. */
    superseded: z.object({ documents: Count, rows: Count }),
    /** As extract handed them over; passed on. */
    columns: HandedColumns.optional(),
    backfill: Backfill.optional(),
  }),
});
export type BatchTransformed = EventOf<typeof BatchTransformed>;
