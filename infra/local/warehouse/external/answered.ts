import { unsupported } from '../catalog/errors.ts';
import type { StatementContext } from '../session/command.ts';
import { callRemote } from './call-remote.ts';
import { Calls } from './calls.ts';

// Each place with a call takes one run; more of them can only be arguments that are new in every run.
const MOST_RUNS = 64;

/** Begins and ends a run of the statement inside its transaction. */
export interface RunOfCalls {
  /** From here on this session's calls are those of this statement. */
  begin(): void;
  /** Undoes the run by an error if it lacked answers. */
  end(): void;
}

/** Runs a statement until all its calls of external functions are answered; without such calls, once. */
export const answered = async <T>(context: StatementContext, attempt: (run: RunOfCalls) => Promise<T>): Promise<T> => {
  const calls = new Calls();
  const run: RunOfCalls = {
    begin: () => {
      calls.rewind();
      context.session.calls = calls;
    },
    end: () => {
      if (calls.missing !== undefined) throw new Error('external functions have not answered yet');
    },
  };
  for (let runs = 0; runs < MOST_RUNS; runs += 1) {
    try {
      return await attempt(run);
    } catch (error) {
      if (calls.missing === undefined) throw error;
    }
    const { routine, rows, answer } = calls.missing;
    answer(await callRemote(context, routine, rows, runs));
  }
  throw unsupported('external functions whose arguments differ each time that they are computed');
};
