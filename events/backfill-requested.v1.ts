import * as z from 'zod';
import { contract, type EventOf } from './contract.ts';

const Column = z.string().regex(/^[A-Z_][A-Z0-9_$]{0,254}$/, 'a column is named in capital letters, digits, _ and $');
const Day = z.iso.date();

/** History is to be rebuilt from the raw documents; `batchId` is the backfill's own id. Whoever may put events may say it. */
export const BackfillRequested = contract({
  type: 'backfill.requested.v1',
  producer: 'operator',
  data: z.object({
    by: z.string().min(1).max(200),
    /** Only documents of these days, both included; all of them where not given. */
    from: Day.optional(),
    to: Day.optional(),
    /** Only these columns may change; every other one must come out equal, and no approval helps where one does not. */
    columns: z.array(Column).max(200).optional(),
    /** Differences that are announced: in these columns, for numbers up to a tolerance if one is given. */
    expect: z
      .array(z.object({ column: Column, tolerance: z.number().nonnegative().optional() }))
      .max(200)
      .optional(),
    chunks: z.int().min(1).max(200),
    /** Publish whatever the comparison says, in the name of whoever asked. */
    approveAutomatically: z.boolean(),
  }),
});
export type BackfillRequested = EventOf<typeof BackfillRequested>;
