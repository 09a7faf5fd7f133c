import { TRIGGER_STREAM } from '../../../events/contract.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';

/** The holder of suspensions by hand. */
export const MANUAL = 'manual';

/** The holder that stops what fails again and again. */
export const BREAKER = 'breaker';

interface Asked {
  readonly id: string;
  readonly pipeline: string;
  readonly holder: string;
  readonly now: Date;
}

const envelope = ({ id, pipeline, now }: Asked) => ({
  id,
  time: now.toISOString(),
  pipeline,
  batchId: TRIGGER_STREAM,
  attempt: 1,
  causationId: null,
  traceId: id,
});

/** Asks that a pipeline's trigger stands still. */
export const suspendRequest = (asked: Asked & { readonly why: string }): SuspendRequested => ({
  type: 'suspend.requested.v1',
  ...envelope(asked),
  data: { holder: asked.holder, why: asked.why },
});

/** Lets a pipeline's trigger go. */
export const resumeRequest = (asked: Asked): ResumeRequested => ({
  type: 'resume.requested.v1',
  ...envelope(asked),
  data: { holder: asked.holder },
});
