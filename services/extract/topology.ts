import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import type { Topology } from '../../shared/topology.ts';

/** What stands around extract: its stack and the laptop are both built from this. */
export const topology: Topology = {
  service: 'extract',
  hears: [BatchTriggered.type, BatchExtracted.type, BatchCompleted.type, BackfillEnded.type],
  handler: 'services/extract/handler.ts',
  timeoutSeconds: 300,
  memoryMb: 256,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 2,
};
