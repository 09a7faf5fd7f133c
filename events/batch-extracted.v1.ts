import * as z from 'zod';
import { contract, Count, TableRef, type EventOf } from './contract.ts';

/** Every document of the batch has become rows of `table`, none left out; they wait there until the batch is complete. */
export const BatchExtracted = contract({
  type: 'batch.extracted.v1',
  producer: 'extract',
  data: z.object({ source: TableRef, documents: Count, table: TableRef, rows: Count }),
});
export type BatchExtracted = EventOf<typeof BatchExtracted>;
