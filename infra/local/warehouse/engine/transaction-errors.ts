import { SnowflakeError } from '../contract.ts';

/** A transaction that an error has undone whole, since what came before it could not be done again exactly. */
export const notRestored = (cause: unknown, reason: unknown): SnowflakeError =>
  new SnowflakeError(
    '000603',
    'XX000',
    `The transaction was rolled back: after the error «${messageOf(cause)}» its earlier statements could not be restored exactly, since ${messageOf(reason)}.`,
  );

/** A statement in a transaction that an error has ended. */
export const alreadyAborted = (): SnowflakeError =>
  new SnowflakeError(
    '000637',
    '25P02',
    'The transaction was aborted by an earlier error: execute COMMIT or ROLLBACK to end it.',
  );

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
