import * as z from 'zod';
import { contract, type EventOf } from './contract.ts';

/** A service has given up on an event of this batch; its rows are where they were, and the event can be emitted again. */
export const BatchFailed = contract({
  type: 'batch.failed.v1',
  producer: 'service',
  data: z.object({
    /** Whose stage it is. */
    service: z.string().min(1).max(40),
    /** The event that could not be handled: emit it again to replay from here. */
    failedEvent: z.object({ id: z.string().max(200), type: z.string().max(200) }),
    error: z.object({
      /** What the runtime did about it: gave up after retries, refused the message, or met a broken promise. */
      kind: z.enum(['RetryLater', 'BadMessage', 'Defect']),
      message: z.string().max(2000),
    }),
  }),
});
export type BatchFailed = EventOf<typeof BatchFailed>;
