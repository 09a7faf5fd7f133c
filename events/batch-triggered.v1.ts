import * as z from 'zod';
import { Backfill, contract, Count, TableRef, type EventOf } from './contract.ts';

/** A batch may start: exactly `documents` documents of `source` carry its id. */
export const BatchTriggered = contract({
  type: 'batch.triggered.v1',
  producer: 'coordinator',
  data: z.object({ source: TableRef, documents: Count, backfill: Backfill.optional() }),
});
export type BatchTriggered = EventOf<typeof BatchTriggered>;
