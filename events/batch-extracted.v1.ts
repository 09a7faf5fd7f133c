import * as z from 'zod';
import { Backfill, contract, Count, HandedColumns, TableRef, TableShape, type EventOf } from './contract.ts';

/** Every document of the batch has become rows of `table`, none left out; they wait there until the batch is complete. */
export const BatchExtracted = contract({
  type: 'batch.extracted.v1',
  producer: 'extract',
  data: z.object({
    source: TableRef,
    documents: Count,
    table: TableRef,
    rows: Count,
    /** The columns of `table`, and where in the documents they come from. */
    columns: HandedColumns.optional(),
    backfill: Backfill.optional(),
    /** In a backfill: the history, and the shadow of it that the rows have been copied into. */
    history: TableShape.optional(),
  }),
});
export type BatchExtracted = EventOf<typeof BatchExtracted>;
