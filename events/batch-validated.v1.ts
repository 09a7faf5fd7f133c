import * as z from 'zod';
import { Backfill, contract, Count, HandedColumns, TableRef, ValidationStage, type EventOf } from './contract.ts';

/** Every row of `table` has been judged; whole documents that broke an expectation are in `quarantine`, the rest may go on. */
export const BatchValidated = contract({
  type: 'batch.validated.v1',
  producer: 'validate',
  data: z.object({
    stage: ValidationStage,
    source: TableRef,
    table: TableRef,
    /** Rows and documents of `table`, quarantined ones included. */
    rows: Count,
    documents: Count,
    quarantine: TableRef,
    /** Held back at this stage; `unreadable` counts those documents that were no JSON object at all. */
    quarantined: z.object({ documents: Count, rows: Count, unreadable: Count }),
    /** As extract handed them over; passed on. */
    columns: HandedColumns.optional(),
    backfill: Backfill.optional(),
  }),
});
export type BatchValidated = EventOf<typeof BatchValidated>;
