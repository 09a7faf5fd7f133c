import * as z from 'zod';
import { contract, Holder, type EventOf } from './contract.ts';

/** This holder lets a pipeline's trigger go; it runs again once nobody holds it any more. `batchId` is `TRIGGER`. */
export const ResumeRequested = contract({
  type: 'resume.requested.v1',
  producer: 'operator',
  data: z.object({ holder: Holder }),
});
export type ResumeRequested = EventOf<typeof ResumeRequested>;
