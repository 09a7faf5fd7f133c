import { SnowflakeError } from '../../contract.ts';
import type { Column } from '../../contract.ts';
import { coerce } from '../coerce.ts';
import type { Context } from '../context.ts';
import type { Scope } from '../scope.ts';
import { kindOf, partsOf, textAt } from '../tree.ts';
import type { Node } from '../tree.ts';
import { typeOfColumn } from '../type-of-column.ts';
import { displayType, isStructured } from '../types.ts';
import type { Typed } from '../types.ts';

/** The longest value that a BINARY without a length holds. */
const BINARY_LENGTH = 8_388_608;

/** A value as a column takes it: converted where Snowflake converts on its own, refused where it wants a cast; text too long fails. */
export const fit = (value: Typed, column: Column): string => {
  const type = typeOfColumn(column);
  const from = value.type;
  if (from.name === 'null') return 'NULL';
  const mismatch =
    isStructured(type) !== isStructured(from) ||
    (['variant', 'object', 'array'].includes(type.name) &&
      !['variant', 'object', 'array', 'any'].includes(from.name)) ||
    (type.name === 'map' && from.name !== 'map') ||
    (type.name === 'text' && ['object', 'array', 'map'].includes(from.name)) ||
    (['date', 'time'].includes(type.name) && ['fixed', 'real', 'boolean'].includes(from.name)) ||
    (['fixed', 'real'].includes(type.name) &&
      ['date', 'time', 'timestamp_ntz', 'timestamp_ltz', 'timestamp_tz'].includes(from.name));
  if (mismatch)
    throw new SnowflakeError(
      '002023',
      '22000',
      `SQL compilation error:\nExpression type does not match column data type, expecting ${displayType(type)} but got ${displayType(from)} for column ${column.name}`,
    );
  if (type.name === 'binary' && type.length !== undefined && type.length < BINARY_LENGTH)
    return `_sf.fit_bytes(${coerce(value, type).sql}, ${type.length})`;
  if (type.name !== 'text') return coerce(value, type).sql;
  const text = coerce(value, { name: 'text' }).sql;
  const safe =
    type.length === undefined || type.length >= 16_777_216 || (from.length !== undefined && from.length <= type.length);
  return safe ? text : `_sf.fit(${text}, ${type.length})`;
};

/** What a column is set to: a value that fits it, or DEFAULT. */
export const assigned = (node: Node, column: Column, context: Context, scope: Scope): string =>
  isDefault(node) && !scope.find(['DEFAULT']) ? 'DEFAULT' : fit(context.expression(node, scope), column);

/** Whether a value is the word DEFAULT. */
export const isDefault = (node: Node): boolean => {
  const parts = partsOf(node);
  if (kindOf(node) === 'var') return textAt(parts, 'this')?.toUpperCase() === 'DEFAULT';
  const name = parts['name'] as { name: string; quoted?: boolean } | undefined;
  return kindOf(node) === 'column' && !parts['table'] && !name?.quoted && name?.name.toUpperCase() === 'DEFAULT';
};
