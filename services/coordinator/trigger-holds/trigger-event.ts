import type { BreakerOpened } from '../../../events/breaker-opened.v1.ts';
import type { ResumeRequested } from '../../../events/resume-requested.v1.ts';
import type { SuspendRequested } from '../../../events/suspend-requested.v1.ts';
import type { TriggerResumed } from '../../../events/trigger-resumed.v1.ts';
import type { TriggerSuspended } from '../../../events/trigger-suspended.v1.ts';

/** What somebody wants of a pipeline's trigger. */
export type TriggerRequest = SuspendRequested | ResumeRequested;

/** Everything that can happen to a pipeline's trigger. */
export type TriggerEvent = TriggerRequest | TriggerSuspended | TriggerResumed | BreakerOpened;
