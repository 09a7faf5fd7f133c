import type { Session } from '../session/session.ts';

/** What a task's statement can ask about the run that it is part of. */
export interface RunContext {
  readonly taskName: string;
  readonly rootName: string;
  readonly rootId: number;
  readonly runId: string;
  readonly config: string | undefined;
  /** Return values of the tasks that ran before it in this graph, by name. */
  readonly returned: ReadonlyMap<string, string>;
  returnValue: string | undefined;
}

/** By the session in which a task's statement runs. */
export const runContexts = new WeakMap<Session, RunContext>();
