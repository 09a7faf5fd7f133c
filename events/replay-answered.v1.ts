import * as z from 'zod';
import { contract, ReplayStage, type EventOf } from './contract.ts';

/** A replay has been decided: the stored event is emitted again as `started.event`, or there is a reason why not. */
export const ReplayAnswered = contract({
  type: 'replay.answered.v1',
  producer: 'coordinator',
  data: z.object({
    started: z
      .object({
        stage: ReplayStage,
        attempt: z.int().min(2),
        event: z.object({ id: z.uuid(), type: z.string().max(200) }),
      })
      .nullable(),
    refused: z.string().min(1).max(500).nullable(),
  }),
});
export type ReplayAnswered = EventOf<typeof ReplayAnswered>;
