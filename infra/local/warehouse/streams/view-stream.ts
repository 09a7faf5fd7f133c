import type { NameScope } from '../catalog/name-scope.ts';
import type { TableObject, ViewObject } from '../catalog/object.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { ROW_IS_NEW, ROW_KEY } from '../translation/hidden-columns.ts';
import type { StreamObject } from './stream-object.ts';
import { offsetOf, stateOf, versionsOf } from './stream-text.ts';
import { viewState, type RowsOf } from './view-state.ts';

const [KEY, IS_NEW] = [quoteIdentifier(ROW_KEY), quoteIdentifier(ROW_IS_NEW)];

/** The tables behind a view, by way of other views too; stops where a stream cannot follow the view. */
export const tablesBehind = (view: ViewObject, scope: NameScope): TableObject[] => {
  const tables = new Map<number, TableObject>();
  viewState(view, scope, (table) => {
    tables.set(table.id, table);
    return table.details.physical;
  });
  return [...tables.values()];
};

/**
 * The rows of a stream on a view as a DuckDB subquery: the view at the stream's offset, compared with the view now, row by row of the tables
 * behind it. One that is append-only has what the view makes of inserted rows with each other and with those that were there.
 */
export const viewStreamText = ({ id, details }: StreamObject, view: ViewObject, scope: NameScope): string => {
  const rows = (which: 'before' | 'now' | 'inserted', isNew: boolean, table: TableObject): string => {
    const names = table.details.columns.map(({ name }) => `v.${quoteIdentifier(name)}`).join(', ');
    return `SELECT ${names}, '${table.id}:' || v.r AS ${KEY}, ${isNew} AS ${IS_NEW} FROM ${versionsOf(table.details)} v, ${offsetOf(id)} o WHERE ${stateOf(which)}`;
  };
  const state = (rowsOf: RowsOf): string => viewState(view, scope, rowsOf);
  const columns = view.details.columns.map(({ name }) => quoteIdentifier(name));
  const shown = (from: 'b' | 'n', action: string, isUpdate: string): string =>
    `SELECT ${columns.map((name) => `${from}.${name}`).join(', ')}, '${action}' AS "METADATA$ACTION", ${isUpdate} AS "METADATA$ISUPDATE", sha1('${view.id}:' || ${from}.${KEY}) AS "METADATA$ROW_ID"`;
  if (details.mode === 'APPEND_ONLY') {
    const all = state(
      (table) => `(${rows('before', false, table)} UNION ALL ${rows('inserted', true, table)} AND NOT o.initial)`,
    );
    return `(${shown('n', 'INSERT', 'FALSE')} FROM ${all} n, ${offsetOf(id)} o WHERE o.initial OR n.${IS_NEW})`;
  }
  const before = state((table) => `(${rows('before', false, table)})`);
  const now = state((table) => `(${rows('now', false, table)})`);
  const differs = columns.map((name) => `b.${name} IS DISTINCT FROM n.${name}`).join(' OR ');
  const changed = (other: 'b' | 'n'): string => `WHERE NOT o.initial AND (${other}.${KEY} IS NULL OR ${differs})`;
  return `(WITH b AS MATERIALIZED (FROM ${before}), n AS MATERIALIZED (FROM ${now}), o AS (FROM ${offsetOf(id)})
    ${shown('n', 'INSERT', `b.${KEY} IS NOT NULL`)} FROM n CROSS JOIN o LEFT JOIN b ON b.${KEY} = n.${KEY} ${changed('b')}
    UNION ALL ${shown('b', 'DELETE', `n.${KEY} IS NOT NULL`)} FROM b CROSS JOIN o LEFT JOIN n ON b.${KEY} = n.${KEY} ${changed('n')}
    UNION ALL ${shown('b', 'INSERT', 'FALSE')} FROM b CROSS JOIN o WHERE o.initial)`;
};
