import * as z from 'zod';
import { contract, ReplayStage, type EventOf } from './contract.ts';

/** The batch is to run again from a stage on. Whoever may put events may say it; the same id is obeyed once. */
export const ReplayRequested = contract({
  type: 'replay.requested.v1',
  producer: 'operator',
  data: z.object({
    /** Where it failed, or where it stands, unless given. */
    from: ReplayStage.nullable(),
    /** The incident that this repairs; null for a single replay. */
    incident: z.string().min(1).max(80).nullable(),
  }),
});
export type ReplayRequested = EventOf<typeof ReplayRequested>;
