import * as z from 'zod';
import { contract, Count, ValidationStage, type EventOf } from './contract.ts';

/** Why validate stopped a batch: expectations on the whole of it that are not met. */
export const Verdict = z.object({
  stage: ValidationStage,
  /** How many are not met; `expectations` tells the first of them. */
  broken: Count,
  expectations: z
    .array(
      z.object({
        rule: z.string().max(300),
        column: z.string().max(300).optional(),
        expected: z.string().max(300),
        observed: z.string().max(300),
      }),
    )
    .min(1)
    .max(20),
});
export type Verdict = z.infer<typeof Verdict>;

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
    verdict: Verdict.optional(),
  }),
});
export type BatchFailed = EventOf<typeof BatchFailed>;
