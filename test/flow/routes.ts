import { CONTRACTS } from '../../events/contracts.ts';
import { ROUTES as ALL } from '../../infra/local/routes.ts';
import type { BatchEvent } from '../../services/coordinator/batch-event.ts';
import { followBatch } from '../../services/coordinator/service.ts';
import { on } from '../../shared/lambda/reading.ts';

/** What each service does about a batch's events: what the coordinator does besides has no tables in a flow's world. */
export const ROUTES: typeof ALL = {
  ...ALL,
  coordinator: (deps) => {
    const follow = followBatch({ ...deps, stage: 'dev' });
    return CONTRACTS.map((contract) => on(contract, (event) => follow(event as BatchEvent)));
  },
};
