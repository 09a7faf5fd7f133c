import type { BatchClaimed } from '../../events/batch-claimed.v1.ts';
import type { BatchCompleted } from '../../events/batch-completed.v1.ts';
import type { BatchExtracted } from '../../events/batch-extracted.v1.ts';
import type { BatchFailed } from '../../events/batch-failed.v1.ts';
import type { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import type { BatchTransformed } from '../../events/batch-transformed.v1.ts';
import type { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import type { BatchValidated } from '../../events/batch-validated.v1.ts';
import type { QuarantineReleased } from '../../events/quarantine-released.v1.ts';
import type { ReleaseRequested } from '../../events/release-requested.v1.ts';
import type { ReplayAnswered } from '../../events/replay-answered.v1.ts';
import type { ReplayRequested } from '../../events/replay-requested.v1.ts';

/** Everything that can happen to a batch. */
export type BatchEvent =
  | BatchClaimed
  | BatchTriggered
  | BatchExtracted
  | BatchValidated
  | BatchTransformed
  | BatchLoaded
  | BatchCompleted
  | BatchFailed
  | ReleaseRequested
  | QuarantineReleased
  | ReplayRequested
  | ReplayAnswered;
