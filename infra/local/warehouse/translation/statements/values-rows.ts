import { SnowflakeError } from '../../contract.ts';
import type { Column } from '../../contract.ts';
import type { Token } from '../../sql/token.ts';
import type { Compiler } from '../compiler.ts';
import { isOperator } from '../prepare/edits.ts';
import { Scope } from '../scope.ts';
import { kindOf, nodesAt } from '../tree.ts';
import type { Node } from '../tree.ts';
import { isSemiStructured } from '../types.ts';
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
  const texts = rows.map((row, r) => {
    const cells = nodesAt(row, 'expressions');
    width(cells.length);
    return `(${cells.map((node, c) => cell(node, r, c)).join(', ')})`;
  });
  return `VALUES ${texts.join(', ')}`;

  function cell(node: Node, row: number, column: number): string {
    if (isDefault(node)) return 'DEFAULT';
    const value = kindOf(node) === 'subquery' ? undefined : compiler.expression(node, new Scope());
    if (!value || isSemiStructured(value.type)) throw invalidCell(written(tokens, sql, row, column));
    return fit(value, columns[column]!);
  }
};

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
