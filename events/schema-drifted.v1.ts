import * as z from 'zod';
import { BatchId, contract, Count, type EventOf } from './contract.ts';

/** Documents of a batch do not look as their pipeline describes them, in a way that was not seen before; `batchId` is `SCHEMA`. */
export const SchemaDrifted = contract({
  type: 'schema.drifted.v1',
  producer: 'extract',
  data: z.object({
    batch: BatchId,
    /** What the pipeline does about fields that nobody has defined. */
    policy: z.enum(['ignore', 'evolve', 'quarantine']),
    changes: z
      .array(
        z.object({
          what: z.enum(['appeared', 'changed', 'vanished']),
          /** A key of the document, as it came: it may hold anything. */
          path: z.string().max(500),
          /** The kinds of value found there now, and those seen before. */
          kind: z.string().max(40),
          before: z.array(z.string().max(40)).max(10),
          /** The column that is added for it. */
          column: z.string().max(255).nullable(),
        }),
      )
      .min(1)
      .max(20),
    /** Changes beyond those that are named. */
    more: Count,
  }),
});
export type SchemaDrifted = EventOf<typeof SchemaDrifted>;
