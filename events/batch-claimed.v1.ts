import * as z from 'zod';
import { contract, Count, TableRef, type EventOf } from './contract.ts';

/** The trigger task has claimed the rows that waited under one batch id, and committed that. Sent by Snowflake itself. */
export const BatchClaimed = contract({
  type: 'batch.claimed.v1',
  producer: 'trigger',
  data: z.object({
    /** Where the claimed documents wait, marked with the batch id. */
    source: TableRef,
    documents: Count,
  }),
});
export type BatchClaimed = EventOf<typeof BatchClaimed>;
