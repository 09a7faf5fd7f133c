import { SnowflakeError } from '../contract.ts';
import { cancelledError } from '../engine/locks.ts';
import type { Session } from './session.ts';

/** Runs work so that cancelling it, or STATEMENT_TIMEOUT_IN_SECONDS, interrupts DuckDB and what waits for a lock. */
export const inSession = async (
  session: Session,
  controller: AbortController,
  work: () => Promise<void>,
): Promise<void> => {
  if (session.closed || controller.signal.aborted) throw cancelledError();
  const seconds = session.parameters.number('STATEMENT_TIMEOUT_IN_SECONDS');
  const interrupt = (): void => session.duck.interruptUntilFelt();
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
    session.duck.calm();
    controller.signal.removeEventListener('abort', interrupt);
    session.signal = undefined;
  }
};
