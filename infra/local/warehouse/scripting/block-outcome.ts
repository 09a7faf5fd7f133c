import type { ColumnType } from '../catalog/column-types.ts';
import type { Column } from '../contract.ts';
import { STATEMENT_TYPE, type Outcome } from '../session/outcome.ts';
import type { Host } from './host.ts';
import type { Returned } from './interpreter.ts';
import { asTable, missingReturn } from './returned-table.ts';
import { plainText, resultType, typeText, type TypedValue } from './value.ts';

/** A block's result as the result of the statement that ran it. */
export const blockOutcome = (returned: Returned, name: string): Outcome => {
  if (returned !== undefined && 'table' in returned) return returned.table.outcome;
  const value = returned?.value ?? plainText(null);
  return {
    columns: [{ ...resultType(value), name, nullable: true }],
    rows: [[value.text]],
    chunks: [],
    statementType: STATEMENT_TYPE.select,
  };
};

/** What a procedure's block returned as the result of its call. */
export const procedureOutcome = async (
  host: Host,
  returned: Returned,
  { name, returns, table = [] }: { name: string; returns: ColumnType | undefined; table?: readonly Column[] },
): Promise<Outcome> => {
  if (returns === undefined && returned === undefined) throw missingReturn();
  const outcome = blockOutcome(await asReturned(host, returned, returns), name);
  return returns === undefined ? asTable(outcome, table) : outcome;
};

/** What a procedure's block returned: a literal or variable as the type that it declares, an expression as its own. */
const asReturned = async (
  host: Host,
  returned: Returned,
  type: ColumnType | undefined,
): Promise<Exclude<Returned, undefined>> =>
  returned !== undefined && 'value' in returned && !returned.plain ? returned : asDeclared(host, returned, type);

/** What a block returned as the type that its function declares. */
export const asDeclared = async (
  host: Host,
  returned: Returned,
  type: ColumnType | undefined,
): Promise<Exclude<Returned, undefined>> => {
  if (returned === undefined) return { value: { ...(type ?? { type: 'text' as const }), text: null } };
  if (!('value' in returned) || type === undefined) return returned;
  const { value } = returned;
  const { outcome } = await host.evaluate(`SELECT CAST(${valueText(value)} AS ${typeText(type)})`, [value]);
  return { value: { ...type, text: outcome.rows[0]![0]! } };
};

const valueText = ({ type }: TypedValue): string =>
  ['variant', 'array', 'object'].includes(type) ? 'PARSE_JSON(?)' : '?';
