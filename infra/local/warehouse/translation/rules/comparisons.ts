import { quoteString } from '../../sql/string-literal.ts';
import { as } from '../coerce.ts';
import { collationKey, sharedCollation } from '../collations.ts';
import type { Context, Rule } from '../context.ts';
import { wrongArguments } from '../failures.ts';
import type { Scope } from '../scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { BOOLEAN, commonType, displayType, fixed, isNumeric, isSemiStructured, REAL, TEXT } from '../types.ts';
import type { Field, Type, Typed } from '../types.ts';
import { operands } from './arithmetic.ts';

/** Digits behind the point that a text keeps when it is compared with a number. */
const COMPARED = fixed(38, 12);

/** The type in which two values are compared. */
const comparedType = (a: Type, b: Type): Type => {
  if (isSemiStructured(a) || isSemiStructured(b)) {
    const other = a.name === 'variant' ? b : a;
    if (other.name === 'fixed') return other.scale ? REAL : COMPARED;
    return ['variant', 'object', 'array', 'map', 'null'].includes(other.name) ? TEXT : other;
  }
  if (a.name === 'text' && b.name === 'fixed') return COMPARED;
  if (a.name === 'fixed' && b.name === 'text') return COMPARED;
  return commonType(a, b);
};

/** Times are compared with all their digits. */
const wholeTime = (type: Type): Type => (type.name.startsWith('time') ? { name: type.name } : type);

const comparable = (value: Typed, type: Type): string => {
  if (type.name === 'text' && value.type.name === 'text') return value.sql;
  if (type.name === 'timestamp_tz') return `${as(value, type)}.utc`;
  if (isNumeric(type) && isNumeric(value.type)) return value.sql;
  return once(as(value, type.name === 'text' ? TEXT : type));
};

/** A bind read as a date or time: in a subquery DuckDB reads it once, not for each row, and leaves out row groups by it. */
const once = (sql: string): string =>
  /^_sf\.text_(?:date|ltz|ntz)\(CAST\(\$\d+ AS VARCHAR\)\)$/.test(sql) ? `(SELECT ${sql})` : sql;

/** The values of a structured object in the alphabetical order of its keys, in which Snowflake compares them. */
const fieldKeys = ({ sql }: Typed, fields: readonly Field[]): string => {
  const names = fields.map(({ name }) => name).toSorted();
  const keys = names.map((name) => `_sf.variant_key(json_extract(o, _sf.pointer(${quoteString(name)})))`);
  // The object stands here once: DuckDB plans what is written out again and again for long.
  return `list_transform([${sql}], lambda o: CASE WHEN o IS NOT NULL THEN row(${keys.join(', ')}) END)[1]`;
};

/** Both sides of a comparison, in a type in which DuckDB compares them as Snowflake does. */
export const compared = (a: Typed, b: Typed): [string, string] => {
  if (a.type.fields && b.type.fields) return [fieldKeys(a, a.type.fields), fieldKeys(b, b.type.fields)];
  if (isSemiStructured(a.type) && isSemiStructured(b.type))
    return [`_sf.variant_key(${a.sql})`, `_sf.variant_key(${b.sql})`];
  const type = wholeTime(comparedType(a.type, b.type));
  if ((a.type.name === 'boolean' && b.type.name === 'date') || (a.type.name === 'date' && isNumeric(b.type)))
    throw wrongArguments('=', `${displayType(a.type)}, ${displayType(b.type)}`);
  const collation = type.name === 'text' ? sharedCollation(a.type, b.type) : undefined;
  if (collation === undefined) return [comparable(a, type), comparable(b, type)];
  return [collationKey(as(a, TEXT), collation), collationKey(as(b, TEXT), collation)];
};

const comparison =
  (operator: string): Rule =>
  (parts, context, scope) => {
    const [left, right] = [nodeAt(parts, 'left')!, nodeAt(parts, 'right')!];
    if (kindOf(left) === 'tuple' || kindOf(right) === 'tuple') return rows(left, right, operator, context, scope);
    const [a, b] = compared(...operands(parts, context, scope));
    return { sql: `(${a} ${operator} ${b})`, type: BOOLEAN };
  };

const rows = (left: Node, right: Node, operator: string, context: Context, scope: Scope): Typed => {
  const [a, b] = [nodesAt(partsOf(left), 'expressions'), nodesAt(partsOf(right), 'expressions')];
  if (a.length !== b.length || a.length === 0) throw wrongArguments(operator, 'ROW, ROW');
  const pairs = a.map((node, i) => compared(context.expression(node, scope), context.expression(b[i]!, scope)));
  return {
    sql: `((${pairs.map((pair) => pair[0]).join(', ')}) ${operator} (${pairs.map((pair) => pair[1]).join(', ')}))`,
    type: BOOLEAN,
  };
};

export const equals = comparison('=');
export const differs = comparison('<>');
export const isLess = comparison('<');
export const isAtMost = comparison('<=');
export const isGreater = comparison('>');
export const isAtLeast = comparison('>=');
export const isSame = comparison('IS NOT DISTINCT FROM');
export const isDistinct = comparison('IS DISTINCT FROM');

export const between: Rule = (parts, context, scope) => {
  const tested = context.expression(nodeAt(parts, 'this')!, scope);
  const [low, high] = [
    context.expression(nodeAt(parts, 'low')!, scope),
    context.expression(nodeAt(parts, 'high')!, scope),
  ];
  const collation = [low, high].map(({ type }) => type.collation).find((one) => one !== undefined);
  const value = collation === undefined ? tested : { ...tested, type: { ...tested.type, collation } };
  const [a, least] = compared(value, low);
  const [b, most] = compared(value, high);
  const sql = `(${a} >= ${least} AND ${b} <= ${most})`;
  return { sql: parts['not'] ? `(NOT ${sql})` : sql, type: BOOLEAN };
};
