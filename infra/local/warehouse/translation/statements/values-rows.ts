import { SnowflakeError } from '../../contract.ts';
import type { Column } from '../../contract.ts';
import type { Token } from '../../sql/token.ts';
import type { Compiler } from '../compiler.ts';
import { AGGREGATES } from '../functions/aggregates.ts';
import { isOperator } from '../prepare/edits.ts';
import { MARK } from '../prepare/functions.ts';
import { Scope } from '../scope.ts';
import { kindOf, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Node } from '../tree.ts';
import { commonType, isSemiStructured, NULL } from '../types.ts';
import type { Type, Typed } from '../types.ts';
import { coerce } from '../coerce.ts';
import { fit, isDefault } from './fit.ts';

interface Rows {
  /** The rows' nodes as parsed. */
  readonly rows: readonly Node[];
  /** The tokens of the clause, from VALUES on. */
  readonly tokens: readonly Token[];
  readonly sql: string;
  readonly columns: readonly Column[];
}

/** The VALUES of an INSERT, each cell as its column takes it; subqueries and semi-structured values are refused in it, as they need a SELECT. */
export const valuesRows = (
  { rows, tokens, sql, columns }: Rows,
  compiler: Compiler,
  width: (cells: number) => void,
): string => {
  const cells = rows.map((row, r) => {
    const nodes = nodesAt(row, 'expressions');
    width(nodes.length);
    return nodes.map((node, c) => cell(node, r, c));
  });
  const types = columns.map((_, c) => shared(cells.map((row) => row[c])));
  const texts = cells.map((row) => `(${row.map((value, c) => fitted(value, c)).join(', ')})`);
  return `VALUES ${texts.join(', ')}`;

  /** A cell's value; none for DEFAULT. */
  function cell(node: Node, row: number, column: number): Typed | undefined {
    if (isDefault(node)) return undefined;
    const value = isRowless(node) ? compiler.expression(node, new Scope()) : undefined;
    if (!value || isSemiStructured(value.type)) throw invalidCell(written(tokens, sql, row, column));
    return value;
  }

  function fitted(value: Typed | undefined, column: number): string {
    if (value === undefined) return 'DEFAULT';
    const type = types[column];
    return fit(type ? coerce(value, type) : value, columns[column]!);
  }
};

/** What texts become that stand in one column with other values: Snowflake makes one type of them before the column takes them. */
const shared = (values: readonly (Typed | undefined)[]): Type | undefined => {
  const types = values.map((value) => value?.type ?? NULL);
  const type = types.some(({ name }) => name === 'text') ? types.reduce(commonType, NULL) : NULL;
  return ['null', 'any', 'text'].includes(type.name) ? undefined : type;
};

/** Whether a value needs no rows: what subqueries, aggregates and window functions compute, only a SELECT has. */
const isRowless = (node: Node): boolean =>
  !['subquery', 'window_function', 'within_group'].includes(kindOf(node)) &&
  !(kindOf(node) === 'function' && (textAt(partsOf(node), 'name') ?? '').replace(MARK, '').toUpperCase() in AGGREGATES);

const invalidCell = (text: string): SnowflakeError =>
  new SnowflakeError('002014', '22000', `SQL compilation error:\nInvalid expression [${text}] in VALUES clause`);

/** The text of one cell as the statement has it. */
const written = (tokens: readonly Token[], sql: string, row: number, column: number): string => {
  let [depth, rows, cells] = [0, -1, 0];
  const own: Token[] = [];
  for (const token of tokens) {
    if (isOperator(token, ')', ']', '}')) depth -= 1;
    const between = depth === 1 && isOperator(token, ',');
    if (between) cells += 1;
    else if (depth > 0 && rows === row && cells === column) own.push(token);
    if (depth === 0 && isOperator(token, '(')) [rows, cells] = [rows + 1, 0];
    if (isOperator(token, '(', '[', '{')) depth += 1;
  }
  return sql.slice(own[0]?.start, own.at(-1)?.end);
};
