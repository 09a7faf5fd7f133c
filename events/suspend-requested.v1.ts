import * as z from 'zod';
import { contract, Holder, type EventOf } from './contract.ts';

/** A pipeline's trigger is to stand still until this holder lets it go; `batchId` is `TRIGGER`. Whoever may put events may say it. */
export const SuspendRequested = contract({
  type: 'suspend.requested.v1',
  producer: 'operator',
  data: z.object({
    holder: Holder,
    /** Shown wherever the trigger is. */
    why: z.string().min(1).max(500),
  }),
});
export type SuspendRequested = EventOf<typeof SuspendRequested>;
