import { CONTRACTS } from '../../events/contracts.ts';
import type { Topology } from '../../shared/topology.ts';

/** What stands around the coordinator: its stack and the laptop are both built from this. */
export const topology: Topology = {
  service: 'coordinator',
  hears: CONTRACTS.map((it) => it.type),
  handler: 'services/coordinator/handler.ts',
  // Claiming and comparing are single statements over whole tables.
  timeoutSeconds: 600,
  memoryMb: 256,
  batchSize: 10,
  maxReceives: 5,
  reservedConcurrency: 2,
  inbound: true,
  readsDeadLettersOf: ['extract', 'validate', 'transform', 'load', 'coordinator'],
  schedules: [
    { name: 'check-backfills', everyMinutes: 5 },
    { name: 'sweep', everyMinutes: 15 },
    { name: 'dead-letters', everyMinutes: 15 },
    { name: 'measure', everyMinutes: 5 },
    { name: 'credits', everyMinutes: 60 },
  ],
};
