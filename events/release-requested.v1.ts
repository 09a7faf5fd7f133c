import * as z from 'zod';
import { contract, HeldDocuments, TableRef, type EventOf } from './contract.ts';

/**
 * What is held in quarantine at this event's time is to go through the services again, as a batch of its own: the one whose id
 * this event carries. Whoever may put events may say it; said twice, it releases nothing more.
 */
export const ReleaseRequested = contract({
  type: 'release.requested.v1',
  producer: 'operator',
  data: z.object({ quarantine: TableRef, documents: HeldDocuments, by: z.string().min(1).max(200) }),
});
export type ReleaseRequested = EventOf<typeof ReleaseRequested>;
