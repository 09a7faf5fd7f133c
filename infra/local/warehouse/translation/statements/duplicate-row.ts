import type { Column } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';

/** DuckDB text that fails with a row of the table, if there is one among the row numbers. */
export const duplicateRow = (target: string, columns: readonly Column[], rows: string): string => {
  const values = columns.map(({ name, type }) => {
    const column = `CAST(_sf_d.${quoteIdentifier(name)} AS VARCHAR)`;
    return `coalesce(${type === 'text' ? `'"' || ${column} || '"'` : column}, 'NULL')`;
  });
  const row = values.join(` || ', ' || `);
  return `SELECT error('Duplicate row detected during DML action' || chr(10) || 'Row Values: [' || ${row} || ']') FROM ${target} AS _sf_d WHERE _sf_d.rowid IN (${rows})`;
};
