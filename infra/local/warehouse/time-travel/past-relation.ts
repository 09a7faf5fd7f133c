import { displayIdentifier } from '../sql/identifier.ts';
import { unsupported } from '../catalog/errors.ts';
import { tableRelation } from '../catalog/table-relation.ts';
import type { TableObject } from '../catalog/object.ts';
import { TRACKING } from '../catalog/tracking.ts';
import { SnowflakeError, type Moment, type Relation } from '../contract.ts';
import type { Warehouse } from '../warehouse.ts';
import { MOST_ROWS, type Version } from './versions.ts';

/** What a table was, or is: `rows` names what DuckDB reads, with the column METADATA$TXN if it is tracked. */
export type Standing = Pick<Version, 'columns' | 'tracked'> & { readonly rows: string };

/** A table as it was at a moment, as something to select from. */
export const pastRelation = (table: TableObject, moment: Moment, warehouse: Warehouse): Relation => {
  const { columns, tracked, rows } = standing(
    table,
    warehouse.versions.of(table.id)[versionAt(table, moment, warehouse)],
  );
  const { database, schema, name } = tableRelation(table);
  const read = tracked ? `(SELECT * EXCLUDE (${TRACKING}) FROM ${rows})` : rows;
  return { database, schema, name, kind: 'table', read, columns };
};

/** Where among its versions a table stood at a moment: an index, which for what it is now lies behind the last. */
export const versionAt = (table: TableObject, moment: Moment, warehouse: Warehouse): number => {
  const versions = warehouse.versions.of(table.id);
  const isLater =
    'statement' in moment
      ? laterThanStatement(table, moment, warehouse)
      : laterThanTime(table, timeOf(moment, warehouse), moment.before, warehouse);
  const found = versions.findIndex(isLater);
  return found < 0 ? versions.length : found;
};

/** A version by its index. */
export const standing = (table: TableObject, version: Version | undefined): Standing => {
  if (version === undefined) return { ...table.details, rows: table.details.physical };
  const rows = version.copy?.name;
  if (rows === undefined)
    throw unsupported(
      `Time Travel to before a change of a table of more than ${MOST_ROWS} rows, or very many changes ago`,
    );
  return { ...version, rows };
};

type IsLater = (version: Version) => boolean;

const laterThanStatement = (
  table: TableObject,
  { statement, before }: Extract<Moment, { statement: string }>,
  { history }: Warehouse,
): IsLater => {
  const record = history.get(statement);
  if (record?.endedAt === undefined) throw new SnowflakeError('000709', '02000', `Statement ${statement} not found`);
  if (record.endedAt < new Date(table.createdOn)) throw unavailable(table);
  const position = record.committed === undefined ? record.position! : record.committed - (before ? 1 : 0);
  return ({ until }) => until > position;
};

const timeOf = (moment: Exclude<Moment, { statement: string }>, { clock }: Warehouse): Date =>
  'time' in moment ? moment.time : new Date(clock().getTime() - moment.secondsAgo * 1000);

const laterThanTime = (table: TableObject, time: Date, before: boolean, warehouse: Warehouse): IsLater => {
  if (time > warehouse.clock())
    throw new SnowflakeError('000707', '02000', `Future data is not yet available for table ${nameOf(table)}.`);
  const oldest = new Date(warehouse.clock().getTime() - table.details.retentionDays * 86_400_000);
  if (time < new Date(table.createdOn) || time < oldest) throw unavailable(table);
  if (time < warehouse.versions.startedAt) throw unsupported('Time Travel to before the start of the warehouse');
  return ({ endedAt }) => (before ? endedAt >= time : endedAt > time);
};

const nameOf = ({ path }: TableObject): string => displayIdentifier(path[2]!);

const unavailable = (table: TableObject): SnowflakeError =>
  new SnowflakeError(
    '000707',
    '02000',
    `Time travel data is not available for table ${nameOf(table)}. The requested time is either beyond the allowed time travel period or before the object creation time.`,
  );
