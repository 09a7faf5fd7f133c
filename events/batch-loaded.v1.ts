import * as z from 'zod';
import { contract, Count, TableRef, type EventOf } from './contract.ts';

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
  }),
});
export type BatchLoaded = EventOf<typeof BatchLoaded>;
