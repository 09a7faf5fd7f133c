import * as z from 'zod';
import { BatchId, contract, Count, TableRef, type EventOf } from './contract.ts';

/** A backfill has taken a step: what the step did is committed, and need not be done again. */
export const BackfillAdvanced = contract({
  type: 'backfill.advanced.v1',
  producer: 'coordinator',
  data: z.discriminatedUnion('step', [
    /** The trigger stands still. */
    z.object({ step: z.literal('held') }),
    /** No batch is in flight. */
    z.object({ step: z.literal('drained') }),
    /** The raw documents that are to be read again stand in `source`, cut into chunks; what arrives from now on is not among them. */
    z.object({
      step: z.literal('claimed'),
      source: TableRef,
      chunks: z.array(z.object({ batchId: BatchId, documents: Count })),
    }),
    /** Shadows and live tables have been compared; `open` says why somebody has to approve, and is empty where nobody has to. */
    z.object({ step: z.literal('compared'), open: z.array(z.string()), barred: z.boolean() }),
    /** The shadows' rows stand in the live tables, all of them since one commit. */
    z.object({ step: z.literal('published') }),
    /** What the live tables held before stands in them again. */
    z.object({ step: z.literal('restored') }),
    /** An instruction, or the whole request, is not carried out. */
    z.object({ step: z.literal('refused'), reason: z.string().min(1).max(2000) }),
  ]),
});
export type BackfillAdvanced = EventOf<typeof BackfillAdvanced>;
