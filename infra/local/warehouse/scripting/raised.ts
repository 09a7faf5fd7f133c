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

const statementErrors = new WeakSet<object>();
const places = new WeakMap<object, Place>();

/** Runs work whose failure is that of a statement, wherever the statement stands; of an expression otherwise. */
export const failing = async <T>(
  as: 'statement' | 'expression',
  { line, position }: Place,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SnowflakeError && !places.has(error)) {
      places.set(error, { line, position });
      if (as === 'statement') statementErrors.add(error);
    }
    throw error;
  }
};

/** The exception that an error is for handlers; cancellation is none, and passes through. */
export const raisedFrom = (error: unknown, place: Place): unknown => {
  if (error instanceof Raised || !(error instanceof SnowflakeError) || error.code === '000604') return error;
  const exception = statementErrors.has(error) ? 'STATEMENT_ERROR' : 'EXPRESSION_ERROR';
  return new Raised(exception, error.code, error.sqlState, error.message, places.get(error) ?? place);
};
