import { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { sql, type Statement } from '../../../../shared/sql/statement.ts';

const inSchema = (table: TableRef, view: string) =>
  ident(TableRef.parse(`${table.split('.')[0]}.INFORMATION_SCHEMA.${view}`));

/** The columns of a table; none where there is no such table. */
export const readColumns = (table: TableRef): Statement => {
  const [, schema, name] = table.split('.');
  return sql('read-columns')`
    select COLUMN_NAME from ${inSchema(table, 'COLUMNS')} where TABLE_SCHEMA = ${schema!} and TABLE_NAME = ${name!}
  `;
};

/** What hangs on the tables that a backfill of the pipeline publishes, as its owner sees it: one document, by table. */
export const readDependents = (procedure: TableRef): Statement => sql('read-dependents')`call ${ident(procedure)}()`;
