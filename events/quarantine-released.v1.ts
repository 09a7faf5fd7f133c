import * as z from 'zod';
import { contract, Count, TableRef, type EventOf } from './contract.ts';

/** `documents` documents of `source` carry this batch's id, and may go through the services again; none: there is nothing to do. */
export const QuarantineReleased = contract({
  type: 'quarantine.released.v1',
  producer: 'validate',
  data: z.object({
    source: TableRef,
    documents: Count,
    /** Somebody asked for it; or a newer version was taken back, so that these older ones may count again. */
    why: z.enum(['requested', 'newer version taken back']),
  }),
});
export type QuarantineReleased = EventOf<typeof QuarantineReleased>;
