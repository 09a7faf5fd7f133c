import * as z from 'zod';
import { name } from '../../../../shared/sql/identifier.ts';
import { fragment, join, trusted, type Fragment } from '../../../../shared/sql/statement.ts';

export const Column = z.string().min(1).max(255);
export const Columns = z.array(Column).min(2).max(64);
export const Scalar = z.union([z.string(), z.number(), z.boolean()]);
export type Scalar = z.infer<typeof Scalar>;
/** More would not fit into a list of Snowflake's. */
export const ValueSet = z.array(Scalar).max(10_000);
export const Bound = z.union([z.number(), z.string()]).nullish();
export const Flag = z.boolean().nullish();
export const Count = z.int().nonnegative().nullish();

/** The arguments of a range. */
export const Range = { min_value: Bound, max_value: Bound, strict_min: Flag, strict_max: Flag };
export type Range = { [K in keyof typeof Range]?: z.infer<(typeof Range)[K]> };

/**
 * A column's name as the warehouse has it: what is all in small letters is case-insensitive, as SQLAlchemy has it.
 * @example columnName('unit_price') // 'UNIT_PRICE'
 */
export const columnName = (column: string): string =>
  /^[a-z_][a-z0-9_$]*$/.test(column) ? column.toUpperCase() : column;

export const col = (column: string): Fragment => fragment`t.${name(columnName(column))}`;

/** What a value is compared with. A number is written as such: it can be nothing else, and binds are dear where there are hundreds. */
export const operand = (value: Scalar): Fragment =>
  typeof value === 'number' ? trusted(String(value)) : fragment`${value}`;

export const never: Fragment = trusted('false');
export const always: Fragment = trusted('true');

/** True if all of them are; parts that are not there don't count. */
export const all = (...parts: readonly (Fragment | null | undefined)[]): Fragment => {
  const there = parts.filter((it) => it !== null && it !== undefined);
  return there.length === 0 ? always : there.length === 1 ? there[0]! : fragment`(${join(there, ' and ')})`;
};

export const any = (parts: readonly Fragment[]): Fragment =>
  parts.length === 0 ? never : parts.length === 1 ? parts[0]! : fragment`(${join(parts, ' or ')})`;

/** Only where the rows are meant, NULL elsewhere. */
export const within = (scope: Fragment | undefined, value: Fragment): Fragment =>
  scope ? fragment`iff(${scope}, ${value}, null)` : value;

/** True where the value is one of them; the values of a mixed list are compared as text. */
export const isIn = (value: Fragment, set: readonly Scalar[]): Fragment => {
  if (set.length === 0) return never;
  const alike = set.every((it) => typeof it === typeof set[0]);
  const list = set.map((it) => fragment`${alike ? it : String(it)}`);
  return fragment`${value} in (${join(list, ', ')})`;
};

/** True where the value is outside of the range. */
export const isOutside = (
  value: Fragment,
  { min_value: low, max_value: high, strict_min, strict_max }: Range,
): Fragment =>
  any([
    ...(isSet(low) ? [fragment`${value} ${trusted(strict_min ? '<=' : '<')} ${operand(low)}`] : []),
    ...(isSet(high) ? [fragment`${value} ${trusted(strict_max ? '>=' : '>')} ${operand(high)}`] : []),
  ]);

/** True where there is a value and it is in the range. */
export const isInside = (
  value: Fragment,
  { min_value: low, max_value: high, strict_min, strict_max }: Range,
): Fragment =>
  all(
    fragment`${value} is not null`,
    isSet(low) ? fragment`${value} ${trusted(strict_min ? '>' : '>=')} ${operand(low)}` : null,
    isSet(high) ? fragment`${value} ${trusted(strict_max ? '<' : '<=')} ${operand(high)}` : null,
  );

const isSet = <T>(bound: T | null | undefined): bound is T => bound !== null && bound !== undefined;

/** A range in words. */
export const rangeText = ({ min_value: low, max_value: high, strict_min, strict_max }: Range): string => {
  const parts = [
    ...(isSet(low) ? [`${strict_min ? 'more than' : 'at least'} ${low}`] : []),
    ...(isSet(high) ? [`${strict_max ? 'less than' : 'at most'} ${high}`] : []),
  ];
  return parts.join(' and ') || 'there';
};

/** A range whose ends are in order. */
export const isOrdered = ({ min_value: low, max_value: high }: Range): boolean =>
  typeof low !== typeof high || !isSet(low) || !isSet(high) || low <= high;
export const ORDERED = { error: 'min_value is greater than max_value' };
