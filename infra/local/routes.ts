import { BackfillEnded } from '../../events/backfill-ended.v1.ts';
import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { routes } from '../../services/coordinator/routes.ts';
import { noticeDrift } from '../../services/extract/drift/service.ts';
import { dropShadow as dropHistoryShadow, dropExtracted, extractBatch } from '../../services/extract/service.ts';
import { dropShadow as dropTargetShadow, loadBatch } from '../../services/load/service.ts';
import { dropTransformed, transformBatch } from '../../services/transform/service.ts';
import { quarantineRoutes } from '../../services/validate/quarantine/routes.ts';
import { dropShadow as dropQuarantineShadow, validateBatch } from '../../services/validate/service.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { on, type Route } from '../../shared/lambda/reading.ts';
import type { Stage } from '../../shared/topology.ts';
import type { Warehouse } from '../../shared/snowflake/warehouse.ts';

export interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
  readonly stage: Stage;
}

// A step that is run by hand has no queues behind it.
const NO_QUEUES = { receive: async () => [], remove: async () => undefined };

/** What each service does about which event, as its handler wires it. */
export const ROUTES: Readonly<Record<string, (deps: Deps) => readonly Route[]>> = {
  extract: (deps) => [
    on(BatchTriggered, extractBatch(deps)),
    on(BatchExtracted, noticeDrift(deps)),
    on(BatchCompleted, dropExtracted(deps)),
    on(BackfillEnded, dropHistoryShadow(deps)),
  ],
  validate: (deps) => [
    on(BatchExtracted, validateBatch(deps, 'extracted')),
    on(BatchTransformed, validateBatch(deps, 'transformed')),
    ...quarantineRoutes(deps),
    on(BackfillEnded, dropQuarantineShadow(deps)),
  ],
  transform: (deps) => [on(BatchValidated, transformBatch(deps)), on(BatchCompleted, dropTransformed(deps))],
  load: (deps) => [on(BatchValidated, loadBatch(deps)), on(BackfillEnded, dropTargetShadow(deps))],
  coordinator: (deps) => routes({ ...deps, standstillSeconds: 3600, queues: NO_QUEUES, measure: () => undefined }),
};
