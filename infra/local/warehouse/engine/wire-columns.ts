import { DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import type { Column } from '../contract.ts';

/** The longest text that a VARCHAR without a length holds. */
export const TEXT_LENGTH = 16_777_216;
/** The longest value that a BINARY without a length holds. */
export const BINARY_LENGTH = 8_388_608;

/** Digits that each of DuckDB's integer types can need. */
const DIGITS: Partial<Record<DuckDBTypeId, number>> = {
  [DuckDBTypeId.TINYINT]: 3,
  [DuckDBTypeId.UTINYINT]: 3,
  [DuckDBTypeId.SMALLINT]: 5,
  [DuckDBTypeId.USMALLINT]: 5,
  [DuckDBTypeId.INTEGER]: 10,
  [DuckDBTypeId.UINTEGER]: 10,
  [DuckDBTypeId.BIGINT]: 19,
  [DuckDBTypeId.UBIGINT]: 20,
  [DuckDBTypeId.HUGEINT]: 38,
  [DuckDBTypeId.UHUGEINT]: 38,
  [DuckDBTypeId.BIGNUM]: 38,
};

/** How Snowflake would describe a column of this DuckDB type. */
export const columnOf = (name: string, type: DuckDBType): Column => {
  const digits = DIGITS[type.typeId];
  if (digits !== undefined) return { name, type: 'fixed', precision: digits, scale: 0, nullable: true };
  switch (type.typeId) {
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type;
      return { name, type: 'fixed', precision: width, scale, nullable: true };
    }
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return { name, type: 'real', nullable: true };
    case DuckDBTypeId.BOOLEAN:
      return { name, type: 'boolean', nullable: true };
    case DuckDBTypeId.DATE:
      return { name, type: 'date', nullable: true };
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_NS:
      return { name, type: 'time', scale: 9, nullable: true };
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
      return { name, type: 'timestamp_ntz', scale: 9, nullable: true };
    case DuckDBTypeId.TIMESTAMP_TZ:
      return { name, type: 'timestamp_ltz', scale: 9, nullable: true };
    case DuckDBTypeId.BLOB:
      return { name, type: 'binary', length: BINARY_LENGTH, nullable: true };
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return { name, type: 'array', nullable: true };
    case DuckDBTypeId.STRUCT:
      if (type.entryNames.join() === 'utc,off') return { name, type: 'timestamp_tz', scale: 9, nullable: true };
      return { name, type: 'object', nullable: true };
    case DuckDBTypeId.MAP:
      return { name, type: 'object', nullable: true };
    default:
      if (type.alias === 'JSON') return { name, type: 'variant', nullable: true };
      return { name, type: 'text', length: TEXT_LENGTH, nullable: true };
  }
};
