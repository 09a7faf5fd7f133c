import { createHash } from 'node:crypto';
import type { Contract, Envelope, EventOf } from '../../events/contract.ts';

/**
 * An id that is the same whenever the same event is answered in the same way, so that a repeated answer is recognised.
 * @example answerId('cause', 'batch.loaded.v1') === answerId('cause', 'batch.loaded.v1') // true
 */
export const answerId = (causationId: string, what: string): string => {
  const hex = createHash('sha256').update(`${causationId}\n${what}`).digest('hex');
  // Version 8 (made by the application) and the RFC 9562 variant.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** The event that answers `cause`: same pipeline, batch, attempt and trace, an id that follows from both. */
export const answer = <C extends Contract>(
  cause: Envelope,
  contract: C,
  data: EventOf<C>['data'],
  now: Date,
): EventOf<C> => ({
  type: contract.type,
  id: answerId(cause.id, contract.type),
  time: now.toISOString(),
  pipeline: cause.pipeline,
  batchId: cause.batchId,
  attempt: cause.attempt,
  causationId: cause.id,
  traceId: cause.traceId,
  data,
});
