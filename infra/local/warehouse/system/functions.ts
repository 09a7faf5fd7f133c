import { pipeStatus } from '../pipes/pipe-status.ts';
import { streamHasData } from '../streams/has-data.ts';
import { getTag } from '../tags/tag-references.ts';
import { currentTaskName, predecessorReturnValue, taskGraphConfig, taskRuntimeInfo } from '../tasks/task-functions.ts';
import { enableDependents } from '../tasks/task-dependents.ts';
import { abortSession, abortTransaction, cancelAllQueries, cancelQuery } from './control.ts';
import { getDdl } from './get-ddl.ts';
import type { SystemFunction } from './system-function.ts';
import { wait } from './wait.ts';

/** All SYSTEM$ functions that can stand in an expression. */
export const SYSTEM_FUNCTIONS: ReadonlyMap<string, SystemFunction> = new Map([
  ['GET_DDL', getDdl],
  ['SYSTEM$ABORT_SESSION', abortSession],
  ['SYSTEM$ABORT_TRANSACTION', abortTransaction],
  ['SYSTEM$CANCEL_ALL_QUERIES', cancelAllQueries],
  ['SYSTEM$CANCEL_QUERY', cancelQuery],
  ['SYSTEM$GET_TAG', getTag],
  ['SYSTEM$PIPE_STATUS', pipeStatus],
  ['SYSTEM$STREAM_HAS_DATA', streamHasData],
  ['SYSTEM$GET_PREDECESSOR_RETURN_VALUE', predecessorReturnValue],
  ['SYSTEM$GET_TASK_GRAPH_CONFIG', taskGraphConfig],
  ['SYSTEM$CURRENT_USER_TASK_NAME', currentTaskName],
  ['SYSTEM$TASK_RUNTIME_INFO', taskRuntimeInfo],
  ['SYSTEM$TASK_DEPENDENTS_ENABLE', enableDependents],
  ['SYSTEM$WAIT', async (args, context) => ({ type: 'text', text: (await wait(args, context)).rows[0]![0]! })],
]);
