import { SnowflakeError } from '../contract.ts';
import type { Place } from './ast.ts';

/** An exception on its way to a handler. */
export class Raised extends Error {
  override readonly name = 'Raised';
  /** STATEMENT_ERROR, EXPRESSION_ERROR, or the name of a declared exception. */
  readonly exception: string;
  readonly code: string;
  readonly state: string;
  readonly place: Place;

  constructor(exception: string, code: string, state: string, message: string, place: Place) {
    super(message);
    this.exception = exception;
    this.code = code;
    this.state = state;
    this.place = place;
  }

  /** What the caller sees when no handler took it. */
  uncaught(): SnowflakeError {
    const { line, position } = this.place;
    return new SnowflakeError(
      this.code,
      this.state,
      `Uncaught exception of type '${this.exception}' on line ${line} at position ${position} : ${this.message}`,
    );
  }
}

/** The exception that an error is for handlers; cancellation is none, and passes through. */
export const raisedFrom = (
  error: unknown,
  exception: 'STATEMENT_ERROR' | 'EXPRESSION_ERROR',
  place: Place,
): unknown => {
  if (error instanceof Raised || !(error instanceof SnowflakeError) || error.code === '000604') return error;
  return new Raised(exception, error.code, error.sqlState, error.message, place);
};
