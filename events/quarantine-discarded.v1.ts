import * as z from 'zod';
import { contract, Count, type EventOf } from './contract.ts';

/** So many documents in quarantine are not wanted any more; who said so, when and why is kept with each. */
export const QuarantineDiscarded = contract({
  type: 'quarantine.discarded.v1',
  producer: 'validate',
  data: z.object({ documents: Count }),
});
export type QuarantineDiscarded = EventOf<typeof QuarantineDiscarded>;
