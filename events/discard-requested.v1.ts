import * as z from 'zod';
import { contract, HeldDocuments, TableRef, type EventOf } from './contract.ts';

/** What is held in quarantine at this event's time is not wanted any more; `batchId` is `QUARANTINE`. Whoever may put events may say it. */
export const DiscardRequested = contract({
  type: 'discard.requested.v1',
  producer: 'operator',
  data: z.object({
    quarantine: TableRef,
    documents: HeldDocuments,
    by: z.string().min(1).max(200),
    /** Kept with each document. */
    reason: z.string().min(1).max(500),
  }),
});
export type DiscardRequested = EventOf<typeof DiscardRequested>;
