import { BatchCompleted } from '../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { BatchValidated } from '../../events/batch-validated.v1.ts';
import { CONTRACTS } from '../../events/contracts.ts';
import type { BatchEvent } from '../../services/coordinator/batch-event.ts';
import { followBatch } from '../../services/coordinator/service.ts';
import { dropExtracted, extractBatch } from '../../services/extract/service.ts';
import { loadBatch } from '../../services/load/service.ts';
import { dropTransformed, transformBatch } from '../../services/transform/service.ts';
import { dropVerdicts, validateBatch } from '../../services/validate/service.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { on, type Route } from '../../shared/lambda/reading.ts';
import type { Warehouse } from '../../shared/snowflake/warehouse.ts';

export interface Deps {
  readonly warehouse: Warehouse;
  readonly publish: Publish;
  readonly now: () => Date;
}

/** What each service does about which event, as its handler wires it. */
export const ROUTES: Readonly<Record<string, (deps: Deps) => readonly Route[]>> = {
  extract: (deps) => [on(BatchTriggered, extractBatch(deps)), on(BatchCompleted, dropExtracted(deps))],
  validate: (deps) => [
    on(BatchExtracted, validateBatch(deps, 'extracted')),
    on(BatchTransformed, validateBatch(deps, 'transformed')),
    on(BatchCompleted, dropVerdicts(deps)),
  ],
  transform: (deps) => [on(BatchValidated, transformBatch(deps)), on(BatchCompleted, dropTransformed(deps))],
  load: (deps) => [on(BatchValidated, loadBatch({ ...deps, stage: 'dev' }))],
  coordinator: (deps) => {
    const follow = followBatch({ ...deps, stage: 'dev' });
    return CONTRACTS.map((contract) => on(contract, (event) => follow(event as BatchEvent)));
  },
};
