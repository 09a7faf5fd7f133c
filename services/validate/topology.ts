import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import { DiscardRequested } from '../../events/discard-requested.v1.ts';
import { ReleaseRequested } from '../../events/release-requested.v1.ts';
import type { Topology } from '../../shared/topology.ts';

/** What stands around validate: its stack and the laptop are both built from this. */
export const topology: Topology = {
  service: 'validate',
  hears: [
    BatchExtracted.type,
    BatchTransformed.type,
    BatchLoaded.type,
    BackfillEnded.type,
    ReleaseRequested.type,
    DiscardRequested.type,
  ],
  handler: 'services/validate/handler.ts',
  timeoutSeconds: 300,
  memoryMb: 256,
  batchSize: 1,
  maxReceives: 5,
  reservedConcurrency: 2,
};
