import { BadMessage, Defect, PipelineError, RetryLater } from '../errors.ts';

/** What the driver's errors carry, as far as we read it. */
interface DriverError {
  readonly code?: string | number;
  readonly sqlState?: string;
  readonly message?: string;
}

const TERMINATED = new Set(['407002', '401004', '390111', '390104', '390114']);
const NETWORK = new Set(['401001', '401002']); // no connection; an HTTP failure after the driver's own retries
const BUSY = new Set([
  ...NETWORK,
  '000604', // cancelled
  '000605',
  '000625', // too many waiters for a lock
  '000630', // statement time-out
  '000635',
  '000610', // lock time-out
]);
const NO_SUCH_OBJECT = '002003';

const codeOf = (error: unknown): string => String((error as DriverError | null)?.code ?? '').padStart(6, '0');

/** The session is gone; only a new connection helps. */
export const isTerminated = (error: unknown): boolean => TERMINATED.has(codeOf(error));

/** Nothing is known of the statement itself: the way to it failed. */
export const isOutOfReach = (error: unknown): boolean => isTerminated(error) || NETWORK.has(codeOf(error));

/** A named object isn't there, or isn't there yet for a session as old as this one. */
export const isNoSuchObject = (error: unknown): boolean => codeOf(error) === NO_SUCH_OBJECT;

/**
 * A driver error as one of ours; an unknown one is a Defect, one of ours stays as it is. Keeps Snowflake's text, which names
 * objects and positions.
 */
export const translate = (error: unknown, statement: string): PipelineError => {
  if (error instanceof PipelineError) return error;
  const { sqlState, message } = (error ?? {}) as DriverError;
  const code = codeOf(error);
  const context = { statement, code, sqlState };
  const text = `${statement}: ${message ?? String(error)}`;
  if (TERMINATED.has(code) || BUSY.has(code)) return new RetryLater(text, context, { cause: error });
  if (code === NO_SUCH_OBJECT) return new BadMessage(text, context, { cause: error });
  return new Defect(text, context, { cause: error });
};
