import { readFileSync } from 'node:fs';
import { notThere } from '../catalog/errors.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import { duckType } from '../catalog/column-types.ts';
import { SnowflakeError, type Argument, type Column, type Relation } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { Outcome } from './outcome.ts';

/** RESULT_SCAN(id): an earlier statement's rows as they were returned. The id is a literal or LAST_QUERY_ID([n]). */
export const resultScan = ([argument]: readonly Argument[], scope: NameScope): Relation => {
  const outcome = recordOf(argument?.sql ?? '', scope);
  return {
    database: '',
    schema: '',
    name: 'RESULT_SCAN',
    kind: 'view',
    columns: outcome.columns,
    read: outcomeText(outcome),
  };
};

/** What the statement returned whose id the DuckDB text names, as long as it is kept and was this user's. */
export const recordOf = (sql: string, scope: NameScope): Outcome => {
  const id = idOf(sql, scope.queryIds);
  const record = id === undefined ? undefined : scope.warehouse.history.get(id);
  if (record === undefined || record.user !== scope.user)
    throw new SnowflakeError('000709', '02000', `Statement ${id ?? '<unknown>'} not found`);
  if (record.error !== undefined)
    throw new SnowflakeError('000710', '02000', `Statement ${id} failed, it has no result`);
  if (record.outcome === undefined) throw notThere();
  return record.outcome;
};

const idOf = (sql: string, ids: readonly string[]): string | undefined => {
  const [, literal] = /'([0-9a-f-]{36})'/i.exec(sql) ?? [];
  if (literal !== undefined) return literal;
  if (!/sf_query_ids/.test(sql)) return undefined;
  const [, place = '-1'] = /,\s*(-?\d+)\s*\)/.exec(sql) ?? [];
  return ids.at(Number(place) > 0 ? Number(place) - 1 : Number(place));
};

/** DuckDB text of a subquery that returns a result's rows, its wire values brought back to their types. */
const outcomeText = ({ columns, rows, chunks }: Outcome): string => {
  const list = columns.map((column, i) => `${fromWire(column, `c${i}`)} AS ${quoteIdentifier(column.name)}`).join(', ');
  const places = columns.map((_, i) => `c${i}`).join(', ');
  const none = `(${columns.map(() => 'NULL::VARCHAR').join(', ')})`;
  const spooled = chunks.flatMap(({ file }) => JSON.parse(`[${readFileSync(file, 'utf8')}]`) as (string | null)[][]);
  const lines = [...rows, ...spooled].map(
    (row) => `(${row.map((cell) => (cell === null ? 'NULL' : quoteString(cell))).join(', ')})`,
  );
  return `(SELECT ${list} FROM (VALUES ${[none, ...lines].join(', ')}) AS v(${places}) OFFSET 1)`;
};

const fromWire = (column: Column, cell: string): string => {
  switch (column.type) {
    case 'boolean':
      return `(${cell} = '1')`;
    case 'date':
      return `(DATE '1970-01-01' + CAST(${cell} AS INTEGER))`;
    case 'time':
      return `CAST(make_timestamp(${micros(cell)}) AS TIME)`;
    case 'timestamp_ntz':
      return `make_timestamp(${micros(cell)})`;
    case 'timestamp_ltz':
      return `(make_timestamp(${micros(cell)}) AT TIME ZONE 'UTC')`;
    case 'timestamp_tz':
      return `CASE WHEN ${cell} IS NOT NULL THEN {'utc': make_timestamp(${micros(`split_part(${cell}, ' ', 1)`)}), 'off': CAST(split_part(${cell}, ' ', 2) AS INTEGER) - 1440} END`;
    case 'binary':
      return `unhex(${cell})`;
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return `_sf.parse_json(${cell})`;
    default:
      return `CAST(${cell} AS ${duckType(column)})`;
  }
};

const micros = (cell: string): string => `CAST(CAST(${cell} AS DECIMAL(38,9)) * 1000000 AS BIGINT)`;
