import type { SnowflakeType } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';

/** What an expression is to Snowflake; `null` is the untyped NULL, `any` a value whose type only its bind knows. */
export interface Type {
  readonly name: SnowflakeType | 'null' | 'any';
  readonly precision?: number;
  readonly scale?: number;
  readonly length?: number;
  /** How texts of this type are compared. */
  readonly collation?: string;
  /** The elements of a structured ARRAY, the values of a MAP. */
  readonly element?: Slot;
  /** The keys of a structured OBJECT, in order. */
  readonly fields?: readonly Field[];
  /** The keys of a MAP. */
  readonly key?: Type;
}

/** A place in a structured type. */
export interface Slot {
  readonly type: Type;
  readonly required: boolean;
}

/** A key of a structured OBJECT. */
export interface Field extends Slot {
  readonly name: string;
}

/** A translated expression: DuckDB text that needs no parentheses around it, and its Snowflake type. */
export interface Typed {
  readonly sql: string;
  readonly type: Type;
  /** Where in which document the value stands, if it was just taken out of one: what reads it can then read the document once. */
  readonly within?: { readonly document: string; readonly path: string };
}

export const TEXT: Type = { name: 'text' };
export const REAL: Type = { name: 'real' };
export const BOOLEAN: Type = { name: 'boolean' };
export const DATE: Type = { name: 'date' };
export const TIME: Type = { name: 'time' };
export const NTZ: Type = { name: 'timestamp_ntz' };
export const LTZ: Type = { name: 'timestamp_ltz' };
export const TZ: Type = { name: 'timestamp_tz' };
export const VARIANT: Type = { name: 'variant' };
export const OBJECT: Type = { name: 'object' };
export const ARRAY: Type = { name: 'array' };
export const BINARY: Type = { name: 'binary' };
export const NULL: Type = { name: 'null' };
export const ANY: Type = { name: 'any' };

/** NUMBER(precision, scale), held within Snowflake's 38 digits. */
export const fixed = (precision = 38, scale = 0): Type => ({
  name: 'fixed',
  precision: Math.max(1, Math.min(38, precision)),
  scale: Math.min(37, scale),
});

export const INTEGER = fixed(38, 0);

const DUCK_TYPES: Record<Exclude<Type['name'], 'fixed'>, string> = {
  real: 'DOUBLE',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  time: 'TIME',
  timestamp_ntz: 'TIMESTAMP',
  timestamp_ltz: 'TIMESTAMPTZ',
  timestamp_tz: 'STRUCT(utc TIMESTAMP, off INTEGER)',
  variant: 'JSON',
  object: 'JSON',
  array: 'JSON',
  map: 'JSON',
  binary: 'BLOB',
  null: 'VARCHAR',
  any: 'VARCHAR',
};

/** The DuckDB type that holds a Snowflake type's values. */
export const duckType = (type: Type): string =>
  type.name === 'fixed' ? `DECIMAL(${type.precision ?? 38},${type.scale ?? 0})` : DUCK_TYPES[type.name];

export const isSemiStructured = (type: Type): boolean =>
  type.name === 'variant' || type.name === 'object' || type.name === 'array' || type.name === 'map';

export const isStructured = (type: Type): boolean =>
  type.name === 'map' || type.element !== undefined || type.fields !== undefined;

export const isTimestamp = (type: Type): boolean => type.name.startsWith('timestamp');

export const isNumeric = (type: Type): boolean => type.name === 'fixed' || type.name === 'real';

export const isClocked = (name: string): boolean => name.startsWith('time');

const isOpen = (type: Type): boolean => type.name === 'null' || type.name === 'any';

const widerFixed = (a: Type, b: Type): Type => {
  const scale = Math.max(a.scale ?? 0, b.scale ?? 0);
  const leading = Math.max((a.precision ?? 38) - (a.scale ?? 0), (b.precision ?? 38) - (b.scale ?? 0));
  return fixed(leading + scale, scale);
};

/** The type to which Snowflake brings two values that must agree (branches of CASE, sides of UNION, comparisons). */
export const commonType = (a: Type, b: Type): Type => {
  if (isOpen(a)) return isOpen(b) && a.name === 'null' ? b : isOpen(b) ? a : b;
  if (isOpen(b)) return a;
  if (a.name === b.name) {
    if (a.name === 'fixed') return widerFixed(a, b);
    if (isClocked(a.name)) return a.scale === b.scale ? a : { name: a.name };
    if (a.name !== 'text') return displayType(a) === displayType(b) ? a : { name: a.name };
    const collation = a.collation ?? b.collation;
    const length = a.length === undefined || b.length === undefined ? undefined : Math.max(a.length, b.length);
    return { ...TEXT, ...(length !== undefined && { length }), ...(collation !== undefined && { collation }) };
  }
  if (isSemiStructured(a) || isSemiStructured(b)) return VARIANT;
  if (a.name === 'text')
    return b.name === 'fixed' ? (b.scale ? b : fixed(38, 5)) : isClocked(b.name) ? { name: b.name } : b;
  if (b.name === 'text') return commonType(b, a);
  if (isNumeric(a) && isNumeric(b)) return REAL;
  if (a.name === 'boolean' && isNumeric(b)) return BOOLEAN;
  if (isNumeric(a) && b.name === 'boolean') return BOOLEAN;
  const both = [a.name, b.name];
  if (both.includes('timestamp_tz')) return TZ;
  if (both.includes('timestamp_ltz')) return LTZ;
  if (both.includes('timestamp_ntz')) return NTZ;
  return a;
};

/** The type's name as Snowflake writes it in messages and in TYPEOF-like output. */
export const displayType = (type: Type): string => {
  if (type.name === 'fixed') return `NUMBER(${type.precision ?? 38},${type.scale ?? 0})`;
  if (type.name === 'real') return 'FLOAT';
  if (type.name === 'text')
    return `VARCHAR(${type.length ?? 134217728})${type.collation === undefined ? '' : ` COLLATE '${type.collation}'`}`;
  if (isStructured(type)) return `${type.name.toUpperCase()}(${parts(type).join(', ')})`;
  return isTimestamp(type) ? `${type.name.toUpperCase()}(9)` : type.name.toUpperCase();
};

/** What stands in the parentheses of a structured type. */
const parts = ({ key, element, fields = [] }: Type): string[] => [
  ...(key ? [inner(key)] : []),
  ...(element ? [slotText(element)] : []),
  ...fields.map(
    (field) => `${/^[a-z_]\w*$/i.test(field.name) ? field.name : quoteIdentifier(field.name)} ${slotText(field)}`,
  ),
];

const slotText = ({ type, required }: Slot): string => `${inner(type)}${required ? ' NOT NULL' : ''}`;

const inner = (type: Type): string =>
  type.name === 'text' && type.length === undefined ? 'VARCHAR' : displayType(type);
