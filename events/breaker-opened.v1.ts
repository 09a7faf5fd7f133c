import * as z from 'zod';
import { BatchId, contract, type EventOf } from './contract.ts';

/** Batches of the pipeline failed alike, one after another: new ones wait until somebody resumes it. Said once; `batchId` is `TRIGGER`. */
export const BreakerOpened = contract({
  type: 'breaker.opened.v1',
  producer: 'coordinator',
  data: z.object({
    /** Whose stage it is, and what is the same about all of them. */
    service: z.string().min(1).max(40),
    alike: z.string().min(1).max(500),
    batches: z.array(BatchId).min(1).max(100),
  }),
});
export type BreakerOpened = EventOf<typeof BreakerOpened>;
