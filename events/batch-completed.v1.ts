import * as z from 'zod';
import { contract, TableRef, type EventOf } from './contract.ts';

/** Nobody needs the batch's temp tables any more: every owner drops its own. */
export const BatchCompleted = contract({
  type: 'batch.completed.v1',
  producer: 'coordinator',
  data: z.object({
    /** The batch's documents as they arrived; its database and schema are where owners keep temp tables. */
    source: TableRef,
    target: TableRef,
  }),
});
export type BatchCompleted = EventOf<typeof BatchCompleted>;
