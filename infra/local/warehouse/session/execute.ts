import { SnowflakeError } from '../contract.ts';
import { cancelledError } from '../engine/locks.ts';
import { Cursor } from '../sql/cursor.ts';
import { splitStatements, type Statement } from '../sql/split.ts';
import { unexpected } from '../sql/syntax-error.ts';
import { toSnowflakeError } from '../translation/errors.ts';
import type { Binds, StatementContext } from './command.ts';
import { leadingWords } from './leading-words.ts';
import type { Outcome } from './outcome.ts';
import type { QueryRecord } from './query-history.ts';
import { runBulk } from './run-bulk.ts';
import { describeTranslated, runTranslated } from './run-translated.ts';
import { newQueryId, type Session } from './session.ts';

/** How a text is to be run. */
export interface RunOptions {
  readonly describeOnly?: boolean;
  readonly tag?: string;
  /** Statements that the text must hold; 0 is any number. */
  readonly count?: number;
}

const NO_BINDS: Binds = { positional: [] };
const TRANSLATED = new Set(['SELECT', 'WITH', 'VALUES', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE']);

/** Starts a text in its session, behind what runs there already, and returns at once. */
export const start = (
  session: Session,
  text: string,
  binds: Binds = NO_BINDS,
  options: RunOptions = {},
): QueryRecord => {
  const controller = new AbortController();
  const { record, settle } = open(session, text, options, controller);
  const run = session.queue.run(async () => {
    await inSession(session, controller, async () => {
      const statements = splitStatements(text);
      const wanted = options.count ?? session.parameters.number('MULTI_STATEMENT_COUNT');
      if (wanted !== 0 && statements.length > 0 && statements.length !== wanted)
        throw wrongCount(statements.length, wanted);
      if (statements.length === 0)
        throw new SnowflakeError('000900', '42601', 'SQL compilation error:\nEmpty SQL statement.');
      if (statements.length === 1) return settle(await runStatement(session, record, statements[0]!, binds, options));
      record.children = await runEach(session, statements, options, controller);
      settle(undefined);
    }).catch((error: unknown) => settle(undefined, error));
  });
  void run;
  return record;
};

/** Runs a text to its end; its error is thrown. */
export const execute = async (
  session: Session,
  text: string,
  binds: Binds = NO_BINDS,
  options: RunOptions = {},
): Promise<Outcome> => {
  const record = start(session, text, binds, options);
  await record.done;
  if (record.error) throw record.error;
  return record.outcome!;
};

/** Runs a statement inside another one, in the same session and transaction. */
export const executeNested = async (session: Session, text: string, binds: Binds): Promise<Outcome> => {
  const statements = splitStatements(text);
  if (statements.length !== 1) throw wrongCount(statements.length, 1);
  return runNow(session, statements[0]!, binds, {}, new AbortController());
};

const runEach = async (
  session: Session,
  statements: readonly Statement[],
  options: RunOptions,
  controller: AbortController,
): Promise<string[]> => {
  const ids: string[] = [];
  for (const statement of statements) {
    const { record, settle } = open(session, statement.text, options, controller);
    ids.push(record.id);
    try {
      settle(await runStatement(session, record, statement, NO_BINDS, options));
    } catch (error) {
      settle(undefined, error);
      throw error;
    }
  }
  return ids;
};

const runNow = async (
  session: Session,
  statement: Statement,
  binds: Binds,
  options: RunOptions,
  controller: AbortController,
): Promise<Outcome> => {
  const { record, settle } = open(session, statement.text, options, controller);
  try {
    const outcome = await runStatement(session, record, statement, binds, options);
    settle(outcome);
    return outcome;
  } catch (error) {
    settle(undefined, error);
    throw record.error ?? error;
  }
};

const runStatement = async (
  session: Session,
  record: QueryRecord,
  statement: Statement,
  binds: Binds,
  options: RunOptions,
): Promise<Outcome> => {
  const context = contextOf(session, record, statement, binds);
  const words = leadingWords(statement.tokens);
  const command = session.warehouse.commands.find((each) => each.matches(words, statement.tokens));
  if (command !== undefined) return command.run(context);
  if (TRANSLATED.has(words[0] ?? '') || statement.tokens[0]?.text === '(')
    return options.describeOnly
      ? describeTranslated(context)
      : binds.rows === undefined
        ? runTranslated(context)
        : runBulk(context, binds.rows);
  throw words.length > 1 && KNOWN.has(words[0]!) ? unsupported(words) : unexpected(statement.tokens[0]!);
};

const KNOWN = new Set([
  'CREATE',
  'ALTER',
  'DROP',
  'UNDROP',
  'SHOW',
  'DESCRIBE',
  'DESC',
  'GRANT',
  'REVOKE',
  'COPY',
  'PUT',
  'GET',
  'LIST',
  'REMOVE',
  'CALL',
  'EXECUTE',
  'EXPLAIN',
  'COMMENT',
  'USE',
  'SET',
  'UNSET',
]);

const contextOf = (session: Session, record: QueryRecord, statement: Statement, binds: Binds): StatementContext => ({
  session,
  warehouse: session.warehouse,
  statement,
  binds,
  queryId: record.id,
  startedAt: record.startedAt,
  cursor: () => new Cursor(statement.tokens),
  execute: (sql, nested = NO_BINDS) => executeNested(session, sql, nested),
  change: (spec, work) => session.transactions.change(spec, work),
  define: (locks, work) =>
    session.transactions.define(
      locks,
      locks.map(({ key }) => key),
      (run, transaction) => work(run, session.warehouse.catalog.change(run, transaction), transaction),
    ),
});

const inSession = async (session: Session, controller: AbortController, work: () => Promise<void>): Promise<void> => {
  if (session.closed || controller.signal.aborted) throw cancelledError();
  const seconds = session.parameters.number('STATEMENT_TIMEOUT_IN_SECONDS');
  const interrupt = (): void => session.duck.interrupt();
  const late = new SnowflakeError(
    '000630',
    '57014',
    `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`,
  );
  const timer =
    seconds > 0 && seconds < 2_000_000 ? setTimeout(() => controller.abort(late), seconds * 1000) : undefined;
  session.signal = controller.signal;
  controller.signal.addEventListener('abort', interrupt);
  try {
    await work();
  } catch (error) {
    throw controller.signal.aborted
      ? controller.signal.reason instanceof SnowflakeError
        ? controller.signal.reason
        : cancelledError()
      : error;
  } finally {
    clearTimeout(timer);
    controller.signal.removeEventListener('abort', interrupt);
    session.signal = undefined;
  }
};

const open = (
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
  warehouse.history.add(record);
  const settle = (outcome: Outcome | undefined, error?: unknown): void => {
    record.endedAt = warehouse.clock();
    record.state = error === undefined ? 'SUCCESS' : 'FAILED';
    if (error !== undefined) record.error = toSnowflakeError(error, text);
    if (outcome !== undefined) warehouse.history.keep(record, outcome);
    session.queryIds.push(record.id);
    resolve();
  };
  return { record, settle };
};

const wrongCount = (actual: number, wanted: number): SnowflakeError =>
  new SnowflakeError(
    '000008',
    '0A000',
    `Actual statement count ${actual} did not match the desired statement count ${wanted}.`,
  );

const unsupported = (words: readonly string[]): SnowflakeError =>
  new SnowflakeError(
    '000002',
    '0A000',
    `Unsupported feature '${words.slice(0, words[0] === 'SHOW' ? 2 : 3).join(' ')}'.`,
  );
