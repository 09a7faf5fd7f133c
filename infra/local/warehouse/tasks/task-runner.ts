import { randomUUID } from 'node:crypto';
import type { SnowflakeError } from '../contract.ts';
import { backgroundContext } from '../session/background-context.ts';
import { evaluate } from '../session/evaluate.ts';
import { start } from '../session/execute.ts';
import type { Session } from '../session/session.ts';
import { displayName } from '../sql/identifier.ts';
import { expandCalls } from '../system/expand.ts';
import { SYSTEM_FUNCTIONS } from '../system/functions.ts';
import { toSnowflakeError } from '../translation/errors.ts';
import type { Warehouse } from '../warehouse.ts';
import type { RunHistory, RunState, TaskRun } from './run-history.ts';
import { runContexts, type RunContext } from './run-context.ts';
import type { TaskObject } from './task-object.ts';

/** How a run came about. */
export interface Occasion {
  readonly scheduledAt: Date;
  readonly scheduledFrom: TaskRun['scheduledFrom'];
  readonly group: string;
  readonly root: TaskObject;
  readonly config: string | undefined;
  readonly returned: ReadonlyMap<string, string>;
}

/** Runs single tasks: each in a session of its own, as the role that owns it. */
export class TaskRunner {
  readonly #warehouse: Warehouse;
  readonly #history: RunHistory;

  constructor(warehouse: Warehouse, history: RunHistory) {
    this.#warehouse = warehouse;
    this.#history = history;
  }

  /** Whether a task's condition holds; without one it does. An error counts as none. */
  async holds(task: TaskObject, occasion?: Occasion): Promise<boolean> {
    const { condition } = task.details;
    if (condition === undefined) return true;
    return this.#inSession(task, occasion, (session) => conditionHolds(session, condition));
  }

  /** Runs a task whose turn it is; its outcome goes into the history, with what `suspends` says of a failure. */
  async run(task: TaskObject, occasion: Occasion, suspends: () => Promise<boolean>): Promise<TaskRun> {
    const { details } = task;
    const begun: TaskRun = {
      taskId: task.id,
      path: task.path,
      rootId: occasion.root.id,
      group: occasion.group,
      queryId: undefined,
      queryText: details.definition,
      condition: details.condition,
      state: 'EXECUTING',
      errorCode: undefined,
      errorMessage: undefined,
      scheduledAt: occasion.scheduledAt,
      startedAt: this.#warehouse.clock(),
      completedAt: undefined,
      returnValue: undefined,
      scheduledFrom: occasion.scheduledFrom,
      config: occasion.config,
    };
    this.#history.begin(begun);
    const ended = await this.#inSession(task, occasion, (session) => this.#execute(session, task, begun)).catch(
      (error: unknown) => failed(begun, toSnowflakeError(error, details.definition)),
    );
    const suspended = ended.state === 'FAILED' && (await suspends());
    const run: TaskRun = {
      ...ended,
      completedAt: this.#warehouse.clock(),
      state: suspended ? 'FAILED_AND_AUTO_SUSPENDED' : ended.state,
    };
    await this.#history.end(begun, run);
    return run;
  }

  async #execute(session: Session, { details }: TaskObject, begun: TaskRun): Promise<TaskRun> {
    if (details.condition !== undefined && !(await conditionHolds(session, details.condition))) {
      return {
        ...begun,
        state: 'SKIPPED',
        errorCode: '0040003',
        errorMessage: 'Conditional expression for task evaluated to false.',
        startedAt: undefined,
      };
    }
    const record = start(session, details.definition);
    const timer =
      details.timeoutMs > 0 ? setTimeout(() => record.cancel(), Math.min(details.timeoutMs, 2 ** 31 - 1)) : undefined;
    await record.done;
    clearTimeout(timer);
    const state: RunState = record.error === undefined ? 'SUCCEEDED' : 'FAILED';
    const returnValue = runContexts.get(session)?.returnValue;
    return {
      ...begun,
      state,
      queryId: record.id,
      errorCode: record.error?.code,
      errorMessage: record.error?.message,
      returnValue,
    };
  }

  async #inSession<T>(
    task: TaskObject,
    occasion: Occasion | undefined,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const { path, owner, details } = task;
    const session = await this.#warehouse.openSession({
      user: 'SYSTEM',
      role: owner,
      database: path[0]!,
      schema: path[1]!,
      ...(details.warehouse !== undefined && { warehouse: details.warehouse }),
      parameters: details.parameters,
    });
    const context: RunContext = {
      taskName: displayName(path),
      rootName: displayName((occasion?.root ?? task).path),
      rootId: (occasion?.root ?? task).id,
      runId: occasion?.group ?? randomUUID(),
      config: occasion?.config ?? details.config,
      returned: occasion?.returned ?? new Map(),
      returnValue: undefined,
    };
    runContexts.set(session, context);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  }
}

const conditionHolds = async (session: Session, condition: string): Promise<boolean> => {
  const context = backgroundContext(session, `SELECT CAST((${condition}) AS BOOLEAN)`);
  const { text, values } = await expandCalls(context, SYSTEM_FUNCTIONS);
  const { rows } = await evaluate(context, text, values);
  return rows[0]?.[0] === '1';
};

const failed = (begun: TaskRun, { code, message }: SnowflakeError): TaskRun => ({
  ...begun,
  state: 'FAILED',
  errorCode: code,
  errorMessage: message,
});
