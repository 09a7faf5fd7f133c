import type { TableObject } from '../catalog/object.ts';
import { tableRelation } from '../catalog/table-relation.ts';
import { displayName, quoteIdentifier } from '../sql/identifier.ts';
import { TRACKING } from '../catalog/tracking.ts';
import { SnowflakeError, type ChangesWanted, type Relation } from '../contract.ts';
import { STREAM_COLUMNS } from '../streams/stream-text.ts';
import type { Warehouse } from '../warehouse.ts';
import { standing, versionAt, type Standing } from './past-relation.ts';

/** What the CHANGES clause gives: the rows of a table that were inserted and deleted between two moments, as a stream would show them. */
export const changesRelation = (
  table: TableObject,
  { appendOnly, from, to }: ChangesWanted,
  warehouse: Warehouse,
): Relation => {
  const versions = warehouse.versions.of(table.id);
  const first = versionAt(table, from, warehouse);
  const last = to === undefined ? versions.length : versionAt(table, to, warehouse);
  const all = Array.from({ length: Math.max(0, last - first) + 1 }, (_, i) => standing(table, versions[first + i]));
  if (!all.every(({ tracked }) => tracked)) throw untracked(table);
  const { columns } = all.at(-1)!;
  const names = columns.map(({ name }) => quoteIdentifier(name));
  const { database, schema, name } = tableRelation(table);
  const read = appendOnly ? insertions(all, names, table.id) : differences(all[0]!, all.at(-1)!, names, table.id);
  return { database, schema, name, kind: 'table', read, columns: [...columns, ...STREAM_COLUMNS] };
};

const ROW = `${TRACKING}."row"`;

const metadata = (action: 'INSERT' | 'DELETE', isUpdate: string, row: string, id: number): string =>
  `'${action}' AS "METADATA$ACTION", ${isUpdate} AS "METADATA$ISUPDATE", sha1('${id}:' || ${row}) AS "METADATA$ROW_ID"`;

const differences = (before: Standing, after: Standing, names: readonly string[], id: number): string => {
  const old = new Set(before.columns.map(({ name }) => quoteIdentifier(name)));
  const differs = names
    .map((name) => (old.has(name) ? `a.${name} IS DISTINCT FROM b.${name}` : `a.${name} IS NOT NULL`))
    .join(' OR ');
  const inserted = `SELECT ${names.map((name) => `a.${name}`).join(', ')}, ${metadata('INSERT', `b.${ROW} IS NOT NULL`, `a.${ROW}`, id)}
    FROM ${after.rows} a LEFT JOIN ${before.rows} b ON a.${ROW} = b.${ROW} WHERE b.${ROW} IS NULL OR ${differs}`;
  const deleted = `SELECT ${names.map((name) => (old.has(name) ? `b.${name}` : 'NULL')).join(', ')}, ${metadata('DELETE', `a.${ROW} IS NOT NULL`, `b.${ROW}`, id)}
    FROM ${before.rows} b LEFT JOIN ${after.rows} a ON a.${ROW} = b.${ROW} WHERE a.${ROW} IS NULL OR ${differs}`;
  return `(${inserted} UNION ALL ${deleted})`;
};

/** Rows as they were when they first stood in the table, whatever became of them. */
const insertions = ([before, ...later]: readonly Standing[], names: readonly string[], id: number): string => {
  const seen = later.map(({ rows, columns }, n) => {
    const own = new Set(columns.map(({ name }) => quoteIdentifier(name)));
    return `SELECT ${names.map((name) => (own.has(name) ? name : `NULL AS ${name}`)).join(', ')}, ${ROW} AS r, ${n} AS n FROM ${rows}`;
  });
  const first =
    seen.length === 0
      ? `SELECT ${names.join(', ')}, ${ROW} AS r, 0 AS n FROM ${before!.rows} WHERE FALSE`
      : seen.join(' UNION ALL ');
  return `(SELECT ${names.join(', ')}, ${metadata('INSERT', 'FALSE', 'r', id)} FROM (${first})
    WHERE r NOT IN (SELECT ${ROW} FROM ${before!.rows}) QUALIFY row_number() OVER (PARTITION BY r ORDER BY n) = 1)`;
};

const untracked = (table: TableObject): SnowflakeError =>
  new SnowflakeError(
    '000040',
    '22000',
    `Change tracking is not enabled or has been missing for the time range requested on table '${displayName(table.path)}'.`,
  );
