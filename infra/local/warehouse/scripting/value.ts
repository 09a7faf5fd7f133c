import type { ColumnType } from '../catalog/column-types.ts';
import { displayType } from '../catalog/column-types.ts';
import type { Column } from '../contract.ts';

/** A value with its full type; its text is what the wire would carry. */
export interface TypedValue extends ColumnType {
  readonly text: string | null;
}

const WIDEST = 38;

/** The value of a result's cell. */
export const cellValue = (column: Column, text: string | null): TypedValue => ({ ...typeOnly(column), text });

/** A whole number. */
export const wholeNumber = (value: number | bigint): TypedValue => ({
  type: 'fixed',
  precision: WIDEST,
  scale: 0,
  text: String(value),
});

/** A text. */
export const plainText = (text: string | null): TypedValue => ({ type: 'text', text });

/** A truth value, or NULL. */
export const truth = (value: boolean | null): TypedValue => ({
  type: 'boolean',
  text: value === null ? null : value ? '1' : '0',
});

/** The type that a variable gets from its first value: whole numbers any size, others are floating, texts any length. */
export const inferredType = (value: TypedValue): ColumnType => {
  if (value.type === 'fixed') return value.scale ? { type: 'real' } : { type: 'fixed', precision: WIDEST, scale: 0 };
  return resultType(value);
};

/** The type of a block's result: texts and bytes at full width. */
export const resultType = (value: TypedValue): ColumnType =>
  value.type === 'text' || value.type === 'binary' ? { type: value.type } : typeOnly(value);

/** The type as DDL writes it. */
export const typeText = (type: ColumnType): string =>
  type.type === 'text' && type.length === undefined ? 'VARCHAR' : displayType(type);

/** SQL for a value that is bound as `?`, such that its type is known. */
export const boundText = (value: ColumnType): string => {
  if (value.type === 'variant') return 'PARSE_JSON(?)';
  if (value.type === 'array' || value.type === 'object') return `CAST(PARSE_JSON(?) AS ${value.type.toUpperCase()})`;
  return `CAST(? AS ${value.type === 'text' ? 'VARCHAR' : typeText(value)})`;
};

const typeOnly = ({ type, precision, scale, length }: ColumnType): ColumnType => ({
  type,
  ...(precision !== undefined && { precision }),
  ...(scale !== undefined && { scale }),
  ...(length !== undefined && { length }),
});
