import type { Context, Query } from './context.ts';
import { compilationError } from './failures.ts';
import { outputColumns } from './output-names.ts';
import { unify } from './rules/conditionals.ts';
import type { Scope } from './scope.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { nodesAt } from './tree.ts';
import type { Parts } from './tree.ts';

/** VALUES as a query: columns COLUMN1, COLUMN2, … in types common to all rows. */
export const valuesQuery = (parts: Parts, context: Context, scope: Scope): Query => {
  const rows = nodesAt(parts, 'expressions').map((row) =>
    nodesAt(row, 'expressions').map((node) => context.expression(node, scope)),
  );
  const width = rows[0]?.length ?? 0;
  if (rows.some((row) => row.length !== width))
    throw compilationError('001080', '42601', 'Invalid number of values in a row of the VALUES clause');
  const unified = Array.from({ length: width }, (_, i) => unify(rows.map((row) => row[i]!)));
  const columns = outputColumns(unified.map(({ type }, i) => ({ name: `COLUMN${i + 1}`, type })));
  const tuples = rows.map((_, r) => `(${unified.map(({ sqls }) => sqls[r]).join(', ')})`);
  const names = columns.map((column) => quoteIdentifier(column.duckName)).join(', ');
  return { sql: `SELECT * FROM (VALUES ${tuples.join(', ')}) AS v(${names})`, columns };
};
