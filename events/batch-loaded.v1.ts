import * as z from 'zod';
import { Backfill, contract, Count, TableRef, TableShape, type EventOf } from './contract.ts';

/** The batch's orders stand in `target`, committed together with the load manifest. */
export const BatchLoaded = contract({
  type: 'batch.loaded.v1',
  producer: 'load',
  data: z.object({
    target: TableRef,
    rows: Count,
    documents: Count,
    /** Not loaded because the target held a newer version of the same order already. */
    superseded: z.object({ documents: Count, rows: Count }),
    /** Versions that stood in the target, or made others give way, may be held back now: older ones of their orders may count again. */
    retracted: z.object({ quarantine: TableRef }).optional(),
    backfill: Backfill.optional(),
    /** In a backfill: the table that analysts read, of which `target` is the shadow. */
    shape: TableShape.optional(),
  }),
});
export type BatchLoaded = EventOf<typeof BatchLoaded>;
