import * as z from 'zod';
import { contract, type EventOf } from './contract.ts';

/** The pipeline's trigger task runs: nobody holds it. */
export const TriggerResumed = contract({ type: 'trigger.resumed.v1', producer: 'coordinator', data: z.object({}) });
export type TriggerResumed = EventOf<typeof TriggerResumed>;
