import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import type { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import type { BreakerOpened } from '../../../events/breaker-opened.v1.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';

/** Everything that a pipeline's breaker follows from. */
export type BreakerEvent = BatchFailed | BatchLoaded | BreakerOpened | ResumeRequested;
