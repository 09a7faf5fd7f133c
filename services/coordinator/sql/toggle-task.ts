import type { TableRef } from '../../../events/contract.ts';
import { ident } from '../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../shared/sql/statement.ts';

/** Makes a task stand still; one that does already stays so. */
export const suspendTask = (task: TableRef): Statement => sql('suspend-task')`alter task ${ident(task)} suspend`;

/** Makes a task run; one that does already stays so. */
export const resumeTask = (task: TableRef): Statement => sql('resume-task')`alter task ${ident(task)} resume`;
