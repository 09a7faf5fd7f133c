import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { DiscardRequested } from '../../../events/discard-requested.v1.ts';
import { ReleaseRequested } from '../../../events/release-requested.v1.ts';
import { on, type Route } from '../../../shared/lambda/reading.ts';
import { discardDocuments, releaseDocuments, restoreVersions, type QuarantineDeps } from './service.ts';

/** What validate does about the events that are about documents in quarantine. */
export const quarantineRoutes = (deps: QuarantineDeps): readonly Route[] => [
  on(BatchLoaded, restoreVersions(deps)),
  on(ReleaseRequested, releaseDocuments(deps)),
  on(DiscardRequested, discardDocuments(deps)),
];
