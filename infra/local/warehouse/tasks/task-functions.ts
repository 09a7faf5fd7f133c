import { SnowflakeError } from '../contract.ts';
import { text, STATEMENT_TYPE, table } from '../session/outcome.ts';
import type { SystemFunction } from '../system/system-function.ts';
import { runContexts, type RunContext } from './run-context.ts';
import type { Session } from '../session/session.ts';

const runOf = (session: Session, name: string): RunContext => {
  const context = runContexts.get(session);
  if (context === undefined)
    throw new SnowflakeError('093003', '0A000', `Function ${name} must be called from within a task.`);
  return context;
};

/** SYSTEM$GET_PREDECESSOR_RETURN_VALUE(['task']): what the task before set, or the named one. */
export const predecessorReturnValue: SystemFunction = async ([name], { session }) => {
  const { returned } = runOf(session, 'SYSTEM$GET_PREDECESSOR_RETURN_VALUE');
  const wanted = name?.text?.split('.').at(-1)?.replaceAll('"', '').toUpperCase();
  const value = wanted === undefined ? [...returned.values()].at(-1) : returned.get(wanted);
  return { type: 'text', text: value ?? null };
};

/** SYSTEM$GET_TASK_GRAPH_CONFIG(['path']): the graph's configuration, or a part of it. */
export const taskGraphConfig: SystemFunction = async ([path], { session }) => {
  const { config } = runOf(session, 'SYSTEM$GET_TASK_GRAPH_CONFIG');
  if (config === undefined || path?.text === null || path === undefined) return { type: 'text', text: config ?? null };
  const found = path.text
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], JSON.parse(config));
  return { type: 'text', text: found === undefined ? null : typeof found === 'string' ? found : JSON.stringify(found) };
};

/** SYSTEM$CURRENT_USER_TASK_NAME(): the task whose statement this is. */
export const currentTaskName: SystemFunction = async (_, { session }) => ({
  type: 'text',
  text: runContexts.get(session)?.taskName ?? null,
});

/** SYSTEM$TASK_RUNTIME_INFO('name'): facts about the run under way. */
export const taskRuntimeInfo: SystemFunction = async ([name], { session }) => {
  const run = runOf(session, 'SYSTEM$TASK_RUNTIME_INFO');
  const facts: Record<string, string> = {
    CURRENT_TASK_NAME: run.taskName,
    CURRENT_ROOT_TASK_NAME: run.rootName,
    CURRENT_ROOT_TASK_UUID: String(run.rootId),
    CURRENT_TASK_GRAPH_RUN_GROUP_ID: run.runId,
  };
  return { type: 'text', text: facts[(name?.text ?? '').toUpperCase()] ?? null };
};

/** CALL SYSTEM$SET_RETURN_VALUE('...'): for the tasks that follow, and TASK_HISTORY. */
export const setReturnValue = (session: Session, value: string | null) => {
  runOf(session, 'SYSTEM$SET_RETURN_VALUE').returnValue = value ?? undefined;
  return table([text('SYSTEM$SET_RETURN_VALUE')], [[null]], STATEMENT_TYPE.select);
};
