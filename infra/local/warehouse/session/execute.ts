import { SnowflakeError } from '../contract.ts';
import { cancelledError } from '../engine/locks.ts';
import { splitStatements, type Statement } from '../sql/split.ts';
import type { Binds } from './command.ts';
import { inSession } from './in-session.ts';
import { openRecord } from './open-record.ts';
import { status, type Outcome } from './outcome.ts';
import type { QueryRecord } from './query-history.ts';
import type { RunOptions } from './run-options.ts';
import { runStatement } from './run-statement.ts';
import type { Session } from './session.ts';

const NO_BINDS: Binds = { positional: [] };

/** Starts a text in its session, behind what runs there already, and returns at once. */
export const start = (
  session: Session,
  text: string,
  binds: Binds = NO_BINDS,
  options: RunOptions = {},
): QueryRecord => {
  const controller = new AbortController();
  const { record, settle } = openRecord(session, text, options, controller);
  // One that still waits for its turn ends as soon as it is cancelled.
  const leave = (): void => settle(undefined, cancelledError());
  controller.signal.addEventListener('abort', leave);
  const run = session.queue.run(async () => {
    if (controller.signal.aborted) return;
    controller.signal.removeEventListener('abort', leave);
    await inSession(session, controller, async () => {
      const statements = splitStatements(text);
      const wanted = options.count ?? session.parameters.number('MULTI_STATEMENT_COUNT');
      if (wanted !== 0 && statements.length > 0 && statements.length !== wanted)
        throw wrongCount(statements.length, wanted);
      if (statements.length === 0)
        throw new SnowflakeError('000900', '42601', 'SQL compilation error:\nEmpty SQL statement.');
      if (statements.length === 1)
        return settle(await runStatement(session, record, statements[0]!, binds, options, nestIn(session)));
      record.children = await runEach(session, statements, options, controller);
      settle(status('Multiple statements executed successfully.'));
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
const executeNested = async (session: Session, text: string, binds: Binds): Promise<Outcome> => {
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
    const { record, settle } = openRecord(session, statement.text, options, controller);
    ids.push(record.id);
    try {
      settle(await runStatement(session, record, statement, NO_BINDS, options, nestIn(session)));
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
  const { record, settle } = openRecord(session, statement.text, options, controller);
  try {
    const outcome = await runStatement(session, record, statement, binds, options, nestIn(session));
    settle(outcome);
    return outcome;
  } catch (error) {
    settle(undefined, error);
    throw record.error ?? error;
  }
};

const nestIn =
  (session: Session) =>
  (sql: string, binds: Binds): Promise<Outcome> =>
    executeNested(session, sql, binds);

const wrongCount = (actual: number, wanted: number): SnowflakeError =>
  new SnowflakeError(
    '000008',
    '0A000',
    `Actual statement count ${actual} did not match the desired statement count ${wanted}.`,
  );
