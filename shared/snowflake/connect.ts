import type { Statement } from '../sql/statement.ts';
import type { Log } from '../log.ts';
import type { SnowflakeConfig } from './config.ts';
import { StillRunning, type Course } from './course.ts';
import { follower } from './follow.ts';
import { logIn, type ReadKey } from './log-in.ts';
import { openSession, type Session } from './session.ts';
import { isNoSuchObject, isTerminated, translate } from './translate.ts';
import type { QueryTag, Result, Warehouse } from './warehouse.ts';

/** No statement: what the caller says of the results, which is not the driver's to explain. */
const EXPECT = 'expect';

/**
 * A warehouse that logs in at the first statement, on Lambda while the function still starts, and again when its session has
 * ended. A session older than another's commit may not see it, so a missing object is looked for once more by a fresh
 * session before it counts as missing.
 */
export const connect = (
  config: SnowflakeConfig,
  deps: {
    readonly log: Log;
    /** Whose statements they are: the stage of the flow in Snowflake's query history. */
    readonly stage?: string;
    readonly open?: (config: SnowflakeConfig) => Promise<Session>;
    readonly readKey?: ReadKey;
    readonly now?: () => number;
  },
): Warehouse => {
  const { log, stage, now = Date.now } = deps;
  const login = logIn(config, { open: openSession, ...deps });
  let session: Promise<Session> | undefined;

  const current = (): Promise<Session> => {
    session ??= login().catch((error: unknown) => {
      session = undefined;
      throw translate(error, 'login');
    });
    return session;
  };

  // A failure is told to the first statement, which tries again. Secrets are given out only once the function has started.
  const startsEarly =
    config.AWS_LAMBDA_FUNCTION_NAME !== undefined && config.SNOWFLAKE_PRIVATE_KEY_SECRET === undefined;
  if (startsEarly) current().catch(() => undefined);

  const logged = async (statement: Statement, event: QueryTag, work: (tag: QueryTag) => Promise<Result>) => {
    // Callers give whole events: what else they carry belongs neither to a log nor to a tag of 2000 characters.
    const tag = { pipeline: event.pipeline, batchId: event.batchId, attempt: event.attempt };
    const started = now();
    const result = await work(stage === undefined ? tag : { ...tag, stage });
    const { queryId, rowsChanged } = result;
    log('info', 'statement', { ...tag, statement: statement.name, queryId, rows: rowsChanged, ms: now() - started });
    return result;
  };

  const send = (statement: Statement, event: QueryTag, signal?: AbortSignal): Promise<Result> =>
    logged(statement, event, async (tag) => (await current()).execute(statement.text, statement.binds, tag, signal));

  const withFreshSession = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!isTerminated(error) && !isNoSuchObject(error)) throw error;
      session = undefined;
      return await work();
    }
  };

  const control = (text: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Statement => ({ name: text.toLowerCase(), text, binds: [] });

  const follow = follower({ now, current, withFreshSession });

  const atomically = async (
    statements: readonly Statement[],
    tag: QueryTag,
    at: { statement: string },
    signal?: AbortSignal,
    expect?: (found: readonly Result[]) => void,
  ) => {
    const results: Result[] = [];
    try {
      await send(control('BEGIN'), tag);
      for (const statement of statements) {
        at.statement = statement.name;
        results.push(await send(statement, tag, signal));
      }
      at.statement = EXPECT;
      expect?.(results);
      at.statement = 'commit';
      await send(control('COMMIT'), tag);
    } catch (error) {
      // A session that can't even roll back is dropped: Snowflake then ends its transaction by itself.
      await send(control('ROLLBACK'), tag).catch(() => (session = undefined));
      throw error;
    }
    return results;
  };

  return {
    async run(statement, tag) {
      try {
        return await withFreshSession(() => send(statement, tag));
      } catch (error) {
        throw translate(error, statement.name);
      }
    },
    async follow(statement, tag, course) {
      try {
        return await logged(statement, tag, (it) => follow(statement, it, course));
      } catch (error) {
        throw error instanceof StillRunning ? error : translate(error, statement.name);
      }
    },
    async transaction(statements, tag, course, expect) {
      const at = { statement: 'begin' };
      try {
        return await withFreshSession(() => atomically(statements, tag, at, endOf(course, now), expect));
      } catch (error) {
        throw at.statement === EXPECT ? error : translate(error, at.statement);
      }
    },
  };
};

// A function that is killed inside a transaction would leave its locks to a session that nobody ends: so it is ended before.
const endOf = (course: Course | undefined, now: () => number): AbortSignal | undefined =>
  course === undefined || course.deadline === Infinity
    ? undefined
    : AbortSignal.timeout(Math.max(Math.ceil(course.deadline - now()), 0));
