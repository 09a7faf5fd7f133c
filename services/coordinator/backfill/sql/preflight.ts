import { TableRef } from '../../../../events/contract.ts';
import { ident } from '../../../../shared/sql/identifier.ts';
import { literal } from '../../../../shared/sql/literal.ts';
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

/** Every stream that this role may see. */
export const showStreams = (): Statement => sql('show-streams')`show streams in account`;

/** Who may do what with a table. */
export const showGrants = (table: TableRef): Statement => sql('show-grants')`show grants on table ${ident(table)}`;

/** Views of the table's database whose text names it, as far as this role may read them. */
export const readViews = (table: TableRef): Statement => sql('read-views')`
  select TABLE_SCHEMA || '.' || TABLE_NAME as VIEW_NAME
  from ${inSchema(table, 'VIEWS')}
  where contains(upper(VIEW_DEFINITION), ${table.split('.')[2]!})
  order by VIEW_NAME
`;

/** Policies that change what is read of a table. */
export const readPolicies = (table: TableRef): Statement => sql('read-policies')`
  select POLICY_KIND, POLICY_NAME
  from table(${inSchema(table, 'POLICY_REFERENCES')}(ref_entity_name => ${literal(table)}, ref_entity_domain => 'TABLE'))
  order by POLICY_KIND, POLICY_NAME
`;
