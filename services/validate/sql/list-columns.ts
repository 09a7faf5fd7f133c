import type { TableRef } from '../../../events/contract.ts';
import { name } from '../../../shared/sql/identifier.ts';
import { fragment, join, sql, type Statement } from '../../../shared/sql/statement.ts';
import type { JudgedColumn } from '../suites/expectation.ts';

/** What Firn adds to every row, which no suite speaks of. */
const ADDED = ['FILE_NAME', 'FILE_ROW_NUMBER', 'ROW_VERSION', 'BATCH_ID', 'DEFECTS'];

/** Lists a table's columns in their order, without those that Firn adds to every row. */
export const listColumns = (p: { readonly table: TableRef }): Statement => {
  const [database, schema, table] = p.table.split('.') as [string, string, string];
  const added = ADDED.map((it) => fragment`${it}`);
  return sql('list-columns')`
    select COLUMN_NAME, DATA_TYPE, NUMERIC_SCALE
    from ${name(database)}.INFORMATION_SCHEMA.COLUMNS
    where TABLE_SCHEMA = ${schema} and TABLE_NAME = ${table} and COLUMN_NAME not in (${join(added, ', ')})
    order by ORDINAL_POSITION
  `;
};

/** One of the columns listed. */
export const toJudgedColumn = (row: Readonly<Record<string, unknown>>): JudgedColumn => ({
  name: String(row['COLUMN_NAME']),
  type: String(row['DATA_TYPE']),
  scale: row['NUMERIC_SCALE'] === null ? null : Number(row['NUMERIC_SCALE']),
});
