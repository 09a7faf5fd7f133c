import { quoteSnowflakeString } from '../sql/string-literal.ts';
import { displayIdentifier, displayName } from '../sql/identifier.ts';
import type { FunctionObject } from '../functions/function-object.ts';
import { returnsText } from '../functions/described-function.ts';
import type { PipeObject } from '../pipes/pipe-object.ts';
import type { Parameter, ProcedureObject } from '../scripting/procedure-object.ts';
import type { StreamObject } from '../streams/stream-object.ts';
import type { TaskObject } from '../tasks/task-object.ts';
import { displayType } from './column-types.ts';
import { unsupported } from './errors.ts';
import { keysOf } from './keys.ts';
import type { PolicyObject } from '../policies/policy-object.ts';
import type {
  AttachedPolicy,
  CatalogObject,
  DeclaredColumn,
  SequenceDetails,
  TableObject,
  ViewObject,
} from './object.ts';

/** The statement that would create an object anew, as GET_DDL writes it; `called` is the name that stands in it. */
export const ddlText = (object: CatalogObject, called: string, policyPath: PolicyPath): string => {
  switch (object.kind) {
    case 'TABLE':
      return tableText(object as TableObject, called, policyPath);
    case 'VIEW':
      return viewText(object as ViewObject, called, policyPath);
    case 'SEQUENCE': {
      const { start, step } = object.details as SequenceDetails;
      return `create or replace sequence ${called} start with ${start} increment by ${step} noorder${commentText(object, ' ')};`;
    }
    case 'STREAM': {
      const { table, mode, tables } = (object as StreamObject).details;
      const only = mode === 'APPEND_ONLY' ? ' append_only = true' : '';
      return `create or replace stream ${called} on ${tables ? 'view' : 'table'} ${table.map(displayIdentifier).join('.')}${only};`;
    }
    case 'PIPE': {
      const { autoIngest, copy } = (object as PipeObject).details;
      return `create or replace pipe ${called} auto_ingest=${autoIngest} as ${copy};`;
    }
    case 'TASK':
      return taskText(object as TaskObject, called);
    case 'PROCEDURE':
      return procedureText(object as ProcedureObject, called);
    case 'FUNCTION':
      return functionText(object as FunctionObject, called);
    case 'MASKING POLICY':
    case 'ROW ACCESS POLICY':
      return policyText(object as PolicyObject, called);
    default:
      throw unsupported(`GET_DDL of a ${object.kind.toLowerCase()}`);
  }
};

/** Which policy an id means. */
type PolicyPath = (policy: number) => readonly string[];

const maskingText = ({ masking }: DeclaredColumn, policyPath: PolicyPath): string => {
  if (masking === undefined) return '';
  const using = masking.columns.length > 1 ? ` USING (${masking.columns.map(displayIdentifier).join(', ')})` : '';
  return `WITH MASKING POLICY ${displayName(policyPath(masking.policy))}${using}`;
};

const rowAccessText = (rowAccess: AttachedPolicy | undefined, policyPath: PolicyPath): string =>
  rowAccess === undefined
    ? ''
    : ` WITH ROW ACCESS POLICY ${displayName(policyPath(rowAccess.policy))} ON (${rowAccess.columns.map(displayIdentifier).join(', ')})`;

const tableText = (table: TableObject, called: string, policyPath: PolicyPath): string => {
  const { lifetime, columns, clusterBy, rowAccess } = table.details;
  const word = lifetime === 'permanent' ? '' : `${lifetime.toUpperCase()} `;
  const keys = keysOf(table).map(({ kind, name, columns: own, target }) => {
    const constraint = name.startsWith('SYS_CONSTRAINT_') ? '' : `constraint ${displayIdentifier(name)} `;
    const list = own.map(displayIdentifier).join(', ');
    const referred = target
      ? ` references ${target.path.map(displayIdentifier).join('.')}${target.columns.length > 0 ? `(${target.columns.map(displayIdentifier).join(', ')})` : ''}`
      : '';
    return `${constraint}${kind.toLowerCase()} (${list})${referred}`;
  });
  const lines = [...columns.map((column) => columnText(column, policyPath)), ...keys]
    .map((line) => `\t${line}`)
    .join(',\n');
  return `create or replace ${word}TABLE ${called}${clusterBy ? ` cluster by ${clusterBy}` : ''} (\n${lines}\n)${rowAccessText(rowAccess, policyPath)}${commentText(table, '')};`;
};

const columnText = (column: DeclaredColumn, policyPath: PolicyPath): string => {
  const { name, nullable, autoincrement, defaultText, comment } = column;
  const pieces = [
    `${displayIdentifier(name)} ${displayType(column)}`,
    nullable === false ? 'NOT NULL' : '',
    autoincrement ? `autoincrement start ${autoincrement.start} increment ${autoincrement.step} noorder` : '',
    defaultText === undefined ? '' : `DEFAULT ${defaultText}`,
    maskingText(column, policyPath),
    comment === undefined ? '' : `COMMENT ${quoteSnowflakeString(comment)}`,
  ];
  return pieces.filter(Boolean).join(' ');
};

const viewText = (view: ViewObject, called: string, policyPath: PolicyPath): string => {
  const { columns, query, secure, rowAccess, materialized } = view.details;
  const names = columns.map((column) => {
    const { name, comment } = column;
    return `\t${[displayIdentifier(name), maskingText(column, policyPath)].filter(Boolean).join(' ')}${comment === undefined ? '' : ` COMMENT ${quoteSnowflakeString(comment)}`}`;
  });
  return `create or replace${secure ? ' secure' : ''}${materialized ? ' materialized' : ''} view ${called}(\n${names.join(',\n')}\n)${rowAccessText(rowAccess, policyPath)}${commentText(view, ' ')} as\n${query};`;
};

const taskText = (task: TaskObject, called: string): string => {
  const { warehouse, schedule, condition, after, definition } = task.details;
  const lines = [
    warehouse && `warehouse=${displayIdentifier(warehouse)}`,
    schedule && `schedule=${quoteSnowflakeString(schedule)}`,
    after.length > 0 && `after ${after.map((path) => path.map(displayIdentifier).join('.')).join(', ')}`,
    condition && `when ${condition}`,
    `as ${definition}`,
  ];
  return `create or replace task ${called}\n${lines
    .filter(Boolean)
    .map((line) => `\t${String(line)}`)
    .join('\n')};`;
};

const signature = (parameters: readonly Parameter[]): string =>
  parameters
    .map(
      ({ name, type, fallback, out }) =>
        `"${name}" ${out ? 'OUT ' : ''}${displayType(type)}${fallback === undefined ? '' : ` DEFAULT ${fallback}`}`,
    )
    .join(', ');

const procedureText = ({ details }: ProcedureObject, called: string): string => {
  const { parameters, returns, returnsText: written, executeAs, body } = details;
  return `CREATE OR REPLACE PROCEDURE ${called}(${signature(parameters)})\nRETURNS ${returns ? displayType(returns) : written}\n${spoken(details)}\nEXECUTE AS ${executeAs}\nAS ${quoteSnowflakeString(body)};`;
};

const spoken = ({ language = 'SQL', strict }: { readonly language?: string; readonly strict?: boolean }): string =>
  `LANGUAGE ${language}${strict ? '\nSTRICT' : ''}`;

const functionText = ({ details }: FunctionObject, called: string): string => {
  if (details.remote) throw unsupported('GET_DDL of an external function');
  const { parameters, secure, returns, table, text } = details;
  return `CREATE OR REPLACE ${secure ? 'SECURE ' : ''}FUNCTION ${called}(${signature(parameters)})\nRETURNS ${table ? returnsText(details) : displayType(returns)}\n${spoken(details)}\nAS ${quoteSnowflakeString(text)};`;
};

const commentText = ({ comment }: CatalogObject, before: string): string =>
  comment === '' ? '' : `${before}COMMENT=${quoteSnowflakeString(comment)}`;

const policyText = (policy: PolicyObject, called: string): string => {
  const { parameters, returns, text, exempt } = policy.details;
  const given = parameters.map(({ name, type }) => `${displayIdentifier(name)} ${displayType(type)}`).join(', ');
  return `create or replace ${policy.kind.toLowerCase()} ${called} as (${given}) returns ${displayType(returns)} ->\n${text}${commentText(policy, '\n')}${exempt ? '\nEXEMPT_OTHER_POLICIES=true' : ''};`;
};
