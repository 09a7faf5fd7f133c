import { BatchFailed, type Verdict } from '../../events/batch-failed.v1.ts';
import type { Envelope } from '../../events/contract.ts';
import type { PipelineError } from '../errors.ts';
import { answer, answerId } from './answer.ts';
import type { Outgoing } from './publisher.ts';

/** Says that a service has given an event up. Several may fail on one event: each failure is an event of its own. */
export const failure = (
  cause: Envelope,
  of: {
    readonly service: string;
    readonly type: string;
    readonly error: Pick<PipelineError, 'kind' | 'message'>;
    readonly verdict?: Verdict;
  },
  now: Date,
): Outgoing => {
  const data = {
    service: of.service,
    failedEvent: { id: cause.id, type: of.type },
    error: { kind: of.error.kind, message: of.error.message.slice(0, 2000) },
    ...(of.verdict && { verdict: of.verdict }),
  };
  const id = answerId(cause.id, `${BatchFailed.type} of ${of.service}`);
  const event = { ...answer(cause, BatchFailed, data, now), id };
  return { contract: BatchFailed, event };
};
