import type { Statement } from '../sql/statement.ts';
import { StillRunning, type Course } from './course.ts';
import type { Session } from './session.ts';
import { isOutOfReach } from './translate.ts';
import { waitUntil } from './wait-until.ts';
import type { QueryTag, Result } from './warehouse.ts';

/** How long a function waits for what it has submitted; beyond, a message that comes later is cheaper than a function that waits. */
const PATIENCE_MS = 60_000;
/** How long it looks whether a statement of an earlier invocation is done. */
const GLANCE_MS = 5000;

interface Deps {
  readonly now: () => number;
  readonly current: () => Promise<Session>;
  /** Runs the work again, once, when its session has ended or may be too old to see an object. */
  readonly withFreshSession: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Waits for a long statement: for the one that this course has submitted already, else for a new one. Throws the driver's errors. */
export const follower =
  ({ now, current, withFreshSession }: Deps) =>
  async (statement: Statement, tag: QueryTag, course: Course): Promise<Result> => {
    const { name, text, binds } = statement;

    const wait = async (session: Session, queryId: string, patienceMs: number): Promise<Result> => {
      const until = course.deadline === Infinity ? Infinity : Math.min(course.deadline, now() + patienceMs);
      const result = await waitUntil(session.fetch(queryId), until, now);
      if (result === undefined) throw new StillRunning(name);
      return result;
    };

    const submitted = course.submitted.get(name);
    if (submitted !== undefined) {
      try {
        return await withFreshSession(async () => wait(await current(), submitted, GLANCE_MS));
      } catch (error) {
        if (error instanceof StillRunning || isOutOfReach(error)) throw error;
        // It failed, or its result is forgotten: it is run again, and that is what counts.
        course.submitted.delete(name);
      }
    }
    return withFreshSession(async () => {
      const session = await current();
      const queryId = await session.submit(text, binds, tag);
      course.submitted.set(name, queryId);
      try {
        return await wait(session, queryId, PATIENCE_MS);
      } catch (error) {
        if (!(error instanceof StillRunning) && !isOutOfReach(error)) course.submitted.delete(name);
        throw error;
      }
    });
  };
