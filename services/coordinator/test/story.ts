import { BatchClaimed } from '../../../events/batch-claimed.v1.ts';
import { BatchCompleted } from '../../../events/batch-completed.v1.ts';
import { BatchExtracted } from '../../../events/batch-extracted.v1.ts';
import { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { BatchLoaded } from '../../../events/batch-loaded.v1.ts';
import { BatchTransformed } from '../../../events/batch-transformed.v1.ts';
import { BatchTriggered } from '../../../events/batch-triggered.v1.ts';
import { BatchValidated } from '../../../events/batch-validated.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import type { BatchEvent } from '../batch-event.ts';

/** The batch's story, one event each, of the first attempt unless given. */
export const claimed = (attempt = 1): BatchClaimed => example(BatchClaimed, { attempt });
export const triggered = (attempt = 1): BatchTriggered => example(BatchTriggered, { attempt });
export const extracted = (attempt = 1): BatchExtracted => example(BatchExtracted, { attempt });
export const validated = (attempt = 1): BatchValidated => example(BatchValidated, { attempt });
export const transformed = (attempt = 1): BatchTransformed => example(BatchTransformed, { attempt });
export const loaded = (attempt = 1): BatchLoaded => example(BatchLoaded, { attempt });
export const completed = (attempt = 1): BatchCompleted => example(BatchCompleted, { attempt });
export const failed = (attempt = 1): BatchFailed => example(BatchFailed, { attempt });

/** Every way to make an event of a batch, in the order of the flow. */
export const EVENTS: readonly ((attempt?: number) => BatchEvent)[] = [
  claimed,
  triggered,
  extracted,
  validated,
  transformed,
  loaded,
  completed,
  failed,
];
