import type { Column } from '../contract.ts';
import { BINARY_LENGTH, TEXT_LENGTH } from '../engine/wire-columns.ts';
import type { Cursor } from '../sql/cursor.ts';
import { SnowflakeError } from '../contract.ts';
import { dataType as dataTypeOf } from '../translation/prepare/data-type.ts';
import { displayType as typeText } from '../translation/types.ts';

/** A column's type without its name. */
export type ColumnType = Omit<Column, 'name'>;

const INTEGERS = ['INT', 'INTEGER', 'BIGINT', 'SMALLINT', 'TINYINT', 'BYTEINT'];
const REALS = ['FLOAT', 'FLOAT4', 'FLOAT8', 'DOUBLE', 'REAL'];
const TEXTS = ['VARCHAR', 'STRING', 'TEXT', 'NVARCHAR', 'NVARCHAR2', 'CHARVARYING'];
const CHARACTERS = ['CHAR', 'CHARACTER', 'NCHAR'];
const TIMESTAMPS: Record<string, ColumnType['type']> = {
  TIMESTAMP_NTZ: 'timestamp_ntz',
  TIMESTAMPNTZ: 'timestamp_ntz',
  DATETIME: 'timestamp_ntz',
  TIMESTAMP_LTZ: 'timestamp_ltz',
  TIMESTAMPLTZ: 'timestamp_ltz',
  TIMESTAMP_TZ: 'timestamp_tz',
  TIMESTAMPTZ: 'timestamp_tz',
  TIMESTAMP: 'timestamp_ntz',
};

/** Reads a data type as written in DDL. */
export const parseColumnType = (cursor: Cursor): ColumnType => {
  if (['ARRAY', 'OBJECT', 'MAP'].some((word) => cursor.at(word, '('))) return structuredType(cursor);
  const word = cursor.identifier();
  const numbers = (): number[] => (cursor.at('(') ? cursor.list(() => cursor.number()) : []);
  if (INTEGERS.includes(word)) return { type: 'fixed', precision: 38, scale: 0 };
  if (['NUMBER', 'NUMERIC', 'DECIMAL', 'DEC'].includes(word)) {
    const [precision = 38, scale = 0] = numbers();
    if (precision > 38 || precision < 1 || scale > 37 || scale > precision)
      throw unsupported(`NUMBER(${precision},${scale})`);
    return { type: 'fixed', precision, scale };
  }
  if (REALS.includes(word)) {
    if (word === 'DOUBLE') cursor.accept('PRECISION');
    return { type: 'real' };
  }
  if (TEXTS.includes(word) || CHARACTERS.includes(word)) {
    const varying = cursor.accept('VARYING');
    return { type: 'text', length: numbers()[0] ?? (CHARACTERS.includes(word) && !varying ? 1 : TEXT_LENGTH) };
  }
  if (word in TIMESTAMPS) {
    const scale = numbers()[0] ?? 9;
    return { type: zoned(cursor) ?? TIMESTAMPS[word]!, scale };
  }
  switch (word) {
    case 'BOOLEAN':
      return { type: 'boolean' };
    case 'DATE':
      return { type: 'date' };
    case 'TIME':
      return { type: 'time', scale: numbers()[0] ?? 9 };
    case 'BINARY':
    case 'VARBINARY':
      return { type: 'binary', length: numbers()[0] ?? BINARY_LENGTH };
    case 'VARIANT':
      return { type: 'variant' };
    case 'OBJECT':
    case 'ARRAY':
      return { type: word === 'OBJECT' ? 'object' : 'array' };
    case 'MASKING':
      throw unsupported('MASKING POLICY of a column without a type');
    default:
      throw ['GEOGRAPHY', 'GEOMETRY', 'INTERVAL', 'VECTOR', 'FILE', 'UUID', 'DECFLOAT'].includes(word)
        ? unsupported(`data type ${word}`)
        : new SnowflakeError('002040', '42601', `SQL compilation error:\nUnsupported data type '${word}'.`);
  }
};

const structuredType = (cursor: Cursor): ColumnType => {
  const type = dataTypeOf(cursor);
  return { type: type.name as ColumnType['type'], structure: typeText(type) };
};

const zoned = (cursor: Cursor): ColumnType['type'] | undefined => {
  if (cursor.accept('WITH', 'LOCAL', 'TIME', 'ZONE')) return 'timestamp_ltz';
  if (cursor.accept('WITH', 'TIME', 'ZONE')) return 'timestamp_tz';
  cursor.accept('WITHOUT', 'TIME', 'ZONE');
  return undefined;
};

const unsupported = (what: string): SnowflakeError =>
  new SnowflakeError('000002', '0A000', `Unsupported feature '${what}'.`);

/** The DuckDB type that holds a column of this Snowflake type. */
export const duckType = (column: ColumnType): string => {
  switch (column.type) {
    case 'fixed':
      return `DECIMAL(${column.precision ?? 38},${column.scale ?? 0})`;
    case 'real':
      return 'DOUBLE';
    case 'text':
      return 'VARCHAR';
    case 'boolean':
      return 'BOOLEAN';
    case 'date':
      return 'DATE';
    case 'time':
      return 'TIME';
    case 'timestamp_ntz':
      return 'TIMESTAMP';
    case 'timestamp_ltz':
      return 'TIMESTAMPTZ';
    case 'binary':
      return 'BLOB';
    case 'variant':
    case 'object':
    case 'array':
    case 'map':
      return 'JSON';
    case 'timestamp_tz':
      return 'STRUCT(utc TIMESTAMP, off INTEGER)';
  }
};

/** The type as SHOW and DESCRIBE spell it. */
export const displayType = (column: ColumnType): string => {
  if (column.structure !== undefined) return column.structure;
  switch (column.type) {
    case 'fixed':
      return `NUMBER(${column.precision ?? 38},${column.scale ?? 0})`;
    case 'real':
      return 'FLOAT';
    case 'text':
      return `VARCHAR(${column.length ?? TEXT_LENGTH})${column.collation === undefined ? '' : ` COLLATE '${column.collation}'`}`;
    case 'binary':
      return `BINARY(${column.length ?? BINARY_LENGTH})`;
    case 'time':
    case 'timestamp_ntz':
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return `${column.type.toUpperCase()}(${column.scale ?? 9})`;
    default:
      return column.type.toUpperCase();
  }
};

/** The type's bare name, as INFORMATION_SCHEMA has it. */
export const dataType = (column: ColumnType): string =>
  displayType(column).replace(/\(.*/, '').replace('VARCHAR', 'TEXT');
