import { insufficient } from '../roles/role-access.ts';
import type { StatementContext } from '../session/command.ts';
import type { QueryRecord } from '../session/query-history.ts';
import type { Session } from '../session/session.ts';
import type { SystemFunction } from './system-function.ts';

const said = (text: string): { type: 'text'; text: string } => ({ type: 'text', text });

/** Stops unless it is one's own user's, or an administrator asks. */
const mayEnd = (user: string, { session }: StatementContext): void => {
  if (user !== session.user && session.role !== 'ACCOUNTADMIN') throw insufficient('USER', [user]);
};

const running = (session: Session): QueryRecord[] =>
  session.warehouse.history.all().filter(({ sessionId, state }) => sessionId === session.id && state === 'RUNNING');

const sessionOf = (id: string | null | undefined, { warehouse }: StatementContext): Session | undefined =>
  [...warehouse.sessions].find((each) => String(each.id) === id);

/** SYSTEM$CANCEL_QUERY(id). */
export const cancelQuery: SystemFunction = async ([id], context) => {
  const record = context.warehouse.history.get(id?.text ?? '');
  if (record?.state !== 'RUNNING' || record.id === context.queryId)
    return said('Identified SQL statement is not currently executing.');
  mayEnd(record.user, context);
  record.cancel();
  return said(`query [${record.id}] terminated.`);
};

/** SYSTEM$CANCEL_ALL_QUERIES(session): all but the one that asks. */
export const cancelAllQueries: SystemFunction = async ([id], context) => {
  const session = sessionOf(id?.text, context);
  if (session !== undefined) mayEnd(session.user, context);
  const records = session === undefined ? [] : running(session).filter((record) => record.id !== context.queryId);
  for (const record of records) record.cancel();
  return said(`${records.length} cancelled.`);
};

/** SYSTEM$ABORT_SESSION(session): its transaction is rolled back, its client finds it gone. */
export const abortSession: SystemFunction = async ([id], context) => {
  const session = sessionOf(id?.text, context);
  if (session === undefined) return said(`session [${id?.text}] does not exist.`);
  mayEnd(session.user, context);
  // One's own ends once this statement has been answered.
  if (session === context.session) setImmediate(() => void session.logout());
  else await session.close();
  return said(`session [${session.id}] terminated.`);
};

/** SYSTEM$ABORT_TRANSACTION(transaction): what its session does in it is cancelled, all of it undone. */
export const abortTransaction: SystemFunction = async ([id], context) => {
  const session = [...context.warehouse.sessions].find(
    ({ transactions }) => String(transactions.current?.number) === id?.text,
  );
  if (session === undefined) return said(`Transaction id ${id?.text} is not running.`);
  mayEnd(session.user, context);
  if (session === context.session) await session.transactions.rollback();
  else {
    for (const record of running(session)) record.cancel();
    await session.queue.run(() => session.transactions.rollback());
  }
  return said(`Aborted transaction id: ${id?.text}`);
};
