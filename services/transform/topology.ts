import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { Topology } from '../../shared/topology.ts';

/** What stands around transform: its stack and the laptop are both built from this. */
export const topology: Topology = {
  service: 'transform',
  hears: [BatchValidated.type, BatchCompleted.type],
  handler: 'services/transform/handler.ts',
  timeoutSeconds: 300,
  memoryMb: 256,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 2,
};
