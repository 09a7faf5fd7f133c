import * as z from 'zod';
import { contract, Holder, type EventOf } from './contract.ts';

/** The pipeline's trigger task stands still: at least one holder wants it so. */
export const TriggerSuspended = contract({
  type: 'trigger.suspended.v1',
  producer: 'coordinator',
  data: z.object({
    holders: z.array(z.object({ holder: Holder, why: z.string().min(1).max(500), since: z.iso.datetime() })).min(1),
  }),
});
export type TriggerSuspended = EventOf<typeof TriggerSuspended>;
