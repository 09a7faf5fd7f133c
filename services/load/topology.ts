import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { Topology } from '../../shared/topology.ts';

/** What stands around load: its stack and the laptop are both built from this. */
export const topology: Topology = {
  service: 'load',
  hears: [BatchValidated.type, BackfillEnded.type],
  handler: 'services/load/handler.ts',
  timeoutSeconds: 300,
  memoryMb: 256,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 2,
};
