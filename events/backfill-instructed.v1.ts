import * as z from 'zod';
import { contract, type EventOf } from './contract.ts';

/** Somebody with a name tells a backfill what is to become of it. Whoever may put events may say it. */
export const BackfillInstructed = contract({
  type: 'backfill.instructed.v1',
  producer: 'operator',
  data: z.object({ instruction: z.enum(['approve', 'cancel', 'rollback']), by: z.string().min(1).max(200) }),
});
export type BackfillInstructed = EventOf<typeof BackfillInstructed>;
