import { toSnowflakeError } from '../translation/errors.ts';
import type { RunOptions } from './run-options.ts';
import type { Outcome } from './outcome.ts';
import type { QueryRecord } from './query-history.ts';
import { newQueryId, type Session } from './session.ts';

/** Enters a statement into the history; `settle` says how it ended. */
export const openRecord = (
  session: Session,
  text: string,
  options: RunOptions,
  controller: AbortController,
): { record: QueryRecord; settle: (outcome: Outcome | undefined, error?: unknown) => void } => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { warehouse } = session;
  const record: QueryRecord = {
    id: newQueryId(),
    text,
    sessionId: session.id,
    user: session.user,
    role: session.role,
    warehouse: session.currentWarehouse,
    database: session.database,
    schema: session.schema,
    tag: options.tag ?? String(session.parameters.get('QUERY_TAG')),
    startedAt: warehouse.clock(),
    state: 'RUNNING',
    done: promise,
    cancel: () => controller.abort(),
  };
  const committedBefore = session.transactions.trail.lastCommit;
  warehouse.history.add(record);
  const settle = (outcome: Outcome | undefined, error?: unknown): void => {
    record.endedAt = warehouse.clock();
    record.position = warehouse.space.commits.position;
    const { lastCommit } = session.transactions.trail;
    if (lastCommit !== committedBefore) record.committed = lastCommit;
    record.state = error === undefined ? 'SUCCESS' : 'FAILED';
    if (error !== undefined) record.error = toSnowflakeError(error, text);
    if (outcome !== undefined) warehouse.history.keep(record, outcome);
    session.queryIds.push(record.id);
    resolve();
  };
  return { record, settle };
};
