import * as z from 'zod';
import { contract, TableRef, type EventOf } from './contract.ts';

/** A backfill is over, its trigger let go: every owner drops its shadow. */
export const BackfillEnded = contract({
  type: 'backfill.ended.v1',
  producer: 'coordinator',
  data: z.object({
    outcome: z.enum(['published', 'cancelled', 'failed']),
    /** Why, where it was not published. */
    reason: z.string().max(2000).optional(),
    /** Owners keep shadows in this table's schema. */
    beside: TableRef,
  }),
});
export type BackfillEnded = EventOf<typeof BackfillEnded>;
