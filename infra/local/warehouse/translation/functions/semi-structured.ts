import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { jsonType } from '../json-text.ts';
import { extract, pathSteps } from '../rules/variant-paths.ts';
import {
  ARRAY,
  BOOLEAN,
  DATE,
  fixed,
  INTEGER,
  isSemiStructured,
  NTZ,
  OBJECT,
  REAL,
  TEXT,
  TIME,
  VARIANT,
} from '../types.ts';
import type { Type, Typed } from '../types.ts';
import { define } from './define.ts';
import { starArguments } from './star-arguments.ts';

const SIZE = fixed(9, 0);

const semiStructured = (value: Typed): Typed => (isSemiStructured(value.type) ? value : coerce(value, VARIANT));

const document = (value: Typed): string => (isSemiStructured(value.type) ? value.sql : coerce(value, VARIANT).sql);

const array = (kinds: string, ...templates: readonly string[]): FunctionRule => define(ARRAY, kinds, ...templates);

const objectConstruct =
  (keepNull: boolean): FunctionRule =>
  (call) => {
    const args = starArguments(call);
    const pairs = args.some((argument) => argument.name !== undefined)
      ? args.map(
          (argument) => [`'${argument.name!.replaceAll("'", "''")}'`, coerce(argument.value, VARIANT).sql] as const,
        )
      : Array.from(
          { length: args.length / 2 },
          (_, i) => [as(args[2 * i]!.value, TEXT), coerce(args[2 * i + 1]!.value, VARIANT).sql] as const,
        );
    if (args.length % 2 === 1 && !args.some((argument) => argument.name))
      throw unsupported('OBJECT_CONSTRUCT with an odd number of arguments');
    if (pairs.length === 0) return { sql: `CAST('{}' AS JSON)`, type: OBJECT };
    const macro = keepNull ? 'object_keep' : 'object_drop';
    return {
      sql: `_sf.${macro}([${pairs.map(([key]) => key).join(', ')}], [${pairs.map(([, value]) => value).join(', ')}])`,
      type: OBJECT,
    };
  };

/** ARRAY_CONSTRUCT keeps SQL NULLs as undefined elements, which are null in JSON. */
const arrayConstruct: FunctionRule = (call) => ({
  sql: `json_array(${call.args.map((arg) => coerce(arg, VARIANT).sql).join(', ')})`,
  type: ARRAY,
});

const is =
  (...jsonTypes: readonly string[]): FunctionRule =>
  (call) => {
    call.expect(1);
    return {
      sql: `(${jsonType(semiStructured(call.arg(0)))} IN (${jsonTypes.map((name) => `'${name}'`).join(', ')}))`,
      type: BOOLEAN,
    };
  };

const INTEGERS = ['UBIGINT', 'BIGINT', 'HUGEINT', 'UHUGEINT'];

/** AS_...: the value where the VARIANT holds that type, else NULL. */
const only =
  (type: Type, ...jsonTypes: readonly string[]): FunctionRule =>
  (call) => {
    const value: Typed = { sql: document(call.arg(0)), type: VARIANT };
    const wanted =
      type.name === 'fixed' && call.has(1)
        ? fixed(Number(call.integer(1)), call.has(2) ? Number(call.integer(2)) : 0)
        : type;
    const test = `json_type(${value.sql}) IN (${jsonTypes.map((name) => `'${name}'`).join(', ')})`;
    return { sql: `CASE WHEN ${test} THEN ${coerce(value, wanted, 'try').sql} END`, type: wanted };
  };

const getPath: FunctionRule = (call) => {
  call.expect(2);
  const path = call.literal(1);
  if (path === undefined) throw unsupported('GET_PATH with a computed path');
  return extract(document(call.arg(0)), pathSteps(path));
};

const get: FunctionRule = (call) => {
  call.expect(2);
  const [value, step] = [call.arg(0), call.literal(1)];
  const number = /^\d+$/.test(call.arg(1).sql) ? Number(call.arg(1).sql) : undefined;
  return extract(document(value), [step ?? number ?? call.arg(1)]);
};

const contains = (call: Call): Typed => {
  call.expect(2);
  return { sql: `_sf.array_contains(${call.variant(0)}, ${call.as(1, ARRAY)})`, type: BOOLEAN };
};

const parsed =
  (macro: string): FunctionRule =>
  (call) => {
    call.expect(1, 2);
    const value = call.arg(0);
    return isSemiStructured(value.type) ? value : { sql: `_sf.${macro}(${call.text(0)})`, type: VARIANT };
  };

/** VARIANT, OBJECT and ARRAY. */
export const SEMI_STRUCTURED: FunctionRules = {
  ARRAYS_OVERLAP: define(BOOLEAN, 'variant variant', '_sf.arrays_overlap($1, $2)'),
  ARRAY_APPEND: array('variant variant', '_sf.array_append($1, $2)'),
  ARRAY_CAT: array('variant variant', '_sf.array_cat($1, $2)'),
  ARRAY_COMPACT: array('variant', '_sf.array_compact($1)'),
  ARRAY_CONSTRUCT: arrayConstruct,
  ARRAY_CONSTRUCT_COMPACT: (call) => ({ sql: `_sf.array_compact(${arrayConstruct(call).sql})`, type: ARRAY }),
  ARRAY_CONTAINS: contains,
  ARRAY_DISTINCT: array('variant', '_sf.array_distinct($1)'),
  ARRAY_EXCEPT: array('variant variant', '_sf.array_except($1, $2)'),
  ARRAY_FLATTEN: array('variant', '_sf.array_flatten($1)'),
  ARRAY_GENERATE_RANGE: array('integer integer integer?', 'to_json(range($1, $2))', 'to_json(range($1, $2, $3))'),
  ARRAY_INSERT: array('variant integer variant', '_sf.array_insert($1, $2, $3)'),
  ARRAY_INTERSECTION: array('variant variant', '_sf.array_intersection($1, $2)'),
  ARRAY_MAX: define(VARIANT, 'variant', '_sf.array_max($1)'),
  ARRAY_MIN: define(VARIANT, 'variant', '_sf.array_min($1)'),
  ARRAY_POSITION: define(SIZE, 'variant variant', '_sf.array_position($1, $2)'),
  ARRAY_PREPEND: array('variant variant', '_sf.array_prepend($1, $2)'),
  ARRAY_REMOVE: array('variant variant', '_sf.array_remove($1, $2)'),
  ARRAY_REMOVE_AT: array('variant integer', '_sf.array_remove_at($1, $2)'),
  ARRAY_REVERSE: array('variant', '_sf.array_reverse($1)'),
  ARRAY_SIZE: define(SIZE, 'variant', '_sf.array_size($1)'),
  ARRAY_SLICE: array('variant integer integer', '_sf.array_slice($1, $2, $3)'),
  ARRAY_SORT: array('variant', '_sf.array_sort($1)'),
  ARRAY_TO_STRING: define(TEXT, 'variant text', '_sf.array_to_string($1, $2)'),
  ARRAY_UNION_AGG: () => {
    throw unsupported('ARRAY_UNION_AGG');
  },
  ARRAY_UNIQUE_AGG: (call) => ({
    sql: `_sf.list_json(${call.aggregate('list', `DISTINCT ${call.variant(0)}`)})`,
    type: ARRAY,
  }),
  AS_ARRAY: only(ARRAY, 'ARRAY'),
  AS_BOOLEAN: only(BOOLEAN, 'BOOLEAN'),
  AS_CHAR: only(TEXT, 'VARCHAR'),
  AS_DATE: only(DATE, 'VARCHAR'),
  AS_DECIMAL: only(INTEGER, ...INTEGERS, 'DOUBLE'),
  AS_DOUBLE: only(REAL, ...INTEGERS, 'DOUBLE'),
  AS_INTEGER: only(INTEGER, ...INTEGERS),
  AS_NUMBER: only(INTEGER, ...INTEGERS, 'DOUBLE'),
  AS_OBJECT: only(OBJECT, 'OBJECT'),
  AS_REAL: only(REAL, ...INTEGERS, 'DOUBLE'),
  AS_TIME: only(TIME, 'VARCHAR'),
  AS_TIMESTAMP_NTZ: only(NTZ, 'VARCHAR'),
  AS_VARCHAR: only(TEXT, 'VARCHAR'),
  CHECK_JSON: define(TEXT, 'text', '_sf.check_json($1)'),
  GET: get,
  GET_IGNORE_CASE: define(VARIANT, 'variant text', '_sf.get_ignore_case($1, $2)'),
  GET_PATH: getPath,
  IS_ARRAY: is('ARRAY'),
  IS_BOOLEAN: is('BOOLEAN'),
  IS_CHAR: is('VARCHAR'),
  IS_DECIMAL: is(...INTEGERS, 'DOUBLE'),
  IS_DOUBLE: is(...INTEGERS, 'DOUBLE'),
  IS_INTEGER: is(...INTEGERS),
  IS_NULL_VALUE: is('NULL'),
  IS_OBJECT: is('OBJECT'),
  IS_REAL: is(...INTEGERS, 'DOUBLE'),
  IS_VARCHAR: is('VARCHAR'),
  OBJECT_CONSTRUCT: objectConstruct(false),
  OBJECT_CONSTRUCT_KEEP_NULL: objectConstruct(true),
  OBJECT_DELETE: (call) => ({
    sql: `_sf.object_delete(${call.variant(0)}, [${call.args
      .slice(1)
      .map((arg) => as(arg, TEXT))
      .join(', ')}])`,
    type: OBJECT,
  }),
  OBJECT_INSERT: (call) => ({
    sql: `_sf.object_insert(${call.variant(0)}, ${call.text(1)}, ${call.variant(2)}, ${call.has(3) ? call.boolean(3) : 'FALSE'})`,
    type: OBJECT,
  }),
  OBJECT_KEYS: define(ARRAY, 'variant', '_sf.object_keys($1)'),
  OBJECT_PICK: (call) => ({
    sql: `_sf.object_pick(${call.variant(0)}, [${call.args
      .slice(1)
      .map((arg) => as(arg, TEXT))
      .join(', ')}])`,
    type: OBJECT,
  }),
  PARSE_JSON: parsed('parse_json'),
  STRIP_NULL_VALUE: define(VARIANT, 'variant', `CASE WHEN json_type($1) <> 'NULL' THEN $1 END`),
  TO_JSON: define(TEXT, 'variant', 'CAST($1 AS VARCHAR)'),
  TRY_PARSE_JSON: parsed('try_parse_json'),
  TYPEOF: define(TEXT, 'variant', '_sf.type_of($1)'),
};
