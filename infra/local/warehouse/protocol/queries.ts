import { SnowflakeError, type SnowflakeType, type Value } from '../contract.ts';
import type { Binds } from '../session/command.ts';
import { start } from '../session/execute.ts';
import type { QueryRecord } from '../session/query-history.ts';
import type { Session } from '../session/session.ts';
import type { Connection } from './connections.ts';
import { failed, failedQuery, inProgress, resultOf, succeeded, type Answer } from './messages.ts';

/** How long a request waits for its statement before the client is told to ask again. */
const HOLD_MILLISECONDS = 45_000;

interface QueryBody {
  readonly sqlText?: string;
  readonly asyncExec?: boolean;
  readonly describeOnly?: boolean;
  readonly bindings?: Readonly<
    Record<string, { readonly type: string; readonly value: string | null | readonly (string | null)[] }>
  >;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Runs a statement, or waits for the one that the same request id has started already. */
export const query = async (
  connection: Connection,
  requestId: string,
  body: unknown,
  baseUrl: string,
): Promise<Answer> => {
  const { session, requests } = connection;
  const request = (body ?? {}) as QueryBody;
  let record = requests.get(requestId);
  if (record === undefined) {
    const { QUERY_TAG: tag, MULTI_STATEMENT_COUNT: count } = request.parameters ?? {};
    record = start(session, request.sqlText ?? '', bindsOf(request), {
      describeOnly: request.describeOnly === true,
      ...(typeof tag === 'string' && { tag }),
      ...(count !== undefined && { count: Number(count) }),
    });
    if (requestId !== '') requests.set(requestId, record);
  }
  if (request.asyncExec === true) return inProgress(record, true);
  return result(record, session, baseUrl);
};

/** A statement's result by its id, once it is there; after a while the client is told to ask again. */
export const result = async (record: QueryRecord, session: Session, baseUrl: string): Promise<Answer> => {
  await settled(record.done, HOLD_MILLISECONDS);
  if (record.state === 'RUNNING') return inProgress(record, false);
  if (record.error !== undefined) return failedQuery(record.error, record.id);
  if (record.outcome === undefined)
    return failedQuery(
      new SnowflakeError('000710', '02000', `The result of statement ${record.id} is no longer available.`),
      record.id,
    );
  return resultOf(record, record.outcome, session, baseUrl);
};

/** How a statement is doing, as the driver's getQueryStatus reads it. */
export const monitor = (record: QueryRecord | undefined): Answer => {
  if (record === undefined) return succeeded({ queries: [] });
  const status = { RUNNING: 'RUNNING', SUCCESS: 'SUCCESS', FAILED: 'FAILED_WITH_ERROR', ABORTED: 'ABORTED' }[
    record.state
  ];
  return succeeded({
    queries: [
      {
        id: record.id,
        status,
        state: status,
        sqlText: record.text,
        sessionId: record.sessionId,
        startTime: record.startedAt.getTime(),
        endTime: record.endedAt?.getTime() ?? 0,
        errorCode: record.error?.code ?? null,
        errorMessage: record.error?.message ?? null,
      },
    ],
  });
};

/** Cancels a statement that still runs. */
export const abort = (record: QueryRecord | undefined): Answer => {
  if (record === undefined)
    return failed('000605', 'Identified SQL statement is not currently executing.', { sqlState: '02000' });
  record.cancel();
  return succeeded(null);
};

const settled = async (done: Promise<void>, milliseconds: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([done, new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
  clearTimeout(timer);
};

const bindsOf = ({ bindings }: QueryBody): Binds => {
  const entries = Object.entries(bindings ?? {}).sort(([a], [b]) => Number(a) - Number(b));
  const bulk = entries.some(([, { value }]) => Array.isArray(value));
  if (!bulk) return { positional: entries.map(([, { type, value }]) => valueOf(type, value as string | null)) };
  const length = Math.max(...entries.map(([, { value }]) => (Array.isArray(value) ? value.length : 1)));
  const rows = Array.from({ length }, (_, i) =>
    entries.map(([, { type, value }]) =>
      valueOf(type, Array.isArray(value) ? (value[i] ?? null) : (value as string | null)),
    ),
  );
  return { positional: rows[0] ?? [], rows };
};

const valueOf = (type: string, value: string | number | boolean | null | undefined): Value => ({
  type: type.toLowerCase() as SnowflakeType,
  text: value === null || value === undefined ? null : String(value),
});
