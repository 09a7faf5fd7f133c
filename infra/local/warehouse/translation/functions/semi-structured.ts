import type { FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { jsonType } from '../json-text.ts';
import { extract, pathSteps } from '../rules/variant-paths.ts';
import { ARRAY, BOOLEAN, fixed, INTEGER, isSemiStructured, OBJECT, REAL, TEXT, VARIANT } from '../types.ts';
import type { Type, Typed } from '../types.ts';
import { define } from './define.ts';
import { HELD_TYPES } from './held-types.ts';
import { ARRAYS } from './arrays.ts';
import { OBJECTS } from './objects.ts';
import { structuredArrays } from './structured-arrays.ts';
import { structuredObjects } from './structured-objects.ts';

const semiStructured = (value: Typed): Typed => (isSemiStructured(value.type) ? value : coerce(value, VARIANT));

const document = (value: Typed): string => (isSemiStructured(value.type) ? value.sql : coerce(value, VARIANT).sql);

/** What a VARIANT holds, by Snowflake's names. */
const ofType =
  (name: string): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: `(_sf.type_of(${call.variant(0)}) = '${name}')`, type: BOOLEAN };
  };

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
    const kind = type.name === 'text' ? '_sf.type_of' : 'json_type';
    const test = `${kind}(${value.sql}) IN (${jsonTypes.map((name) => `'${name}'`).join(', ')})`;
    return { sql: `CASE WHEN ${test} THEN ${coerce(value, wanted, 'try').sql} END`, type: wanted };
  };

/** AS_DECIMAL: a number that is written without an exponent. */
const decimal: FunctionRule = (call) => {
  const { sql, type } = only(INTEGER, ...INTEGERS, 'DOUBLE')(call);
  return { sql: `CASE WHEN _sf.type_of(${document(call.arg(0))}) <> 'DOUBLE' THEN ${sql} END`, type };
};

const getPath: FunctionRule = (call) => {
  call.expect(2);
  const path = call.literal(1);
  if (path === undefined) throw unsupported('GET_PATH with a computed path');
  return extract(document(call.arg(0)), pathSteps(path));
};

/** A path into a document that is still a text, as text. */
const extractPathText: FunctionRule = (call) => {
  call.expect(2);
  const path = call.literal(1);
  if (path === undefined) throw unsupported('JSON_EXTRACT_PATH_TEXT with a computed path');
  return coerce(extract(`_sf.parse_json(${call.text(0)})`, pathSteps(path)), TEXT);
};

const get: FunctionRule = (call) => {
  call.expect(2);
  const [value, step] = [call.arg(0), call.literal(1)];
  const number = /^\d+$/.test(call.arg(1).sql) ? Number(call.arg(1).sql) : undefined;
  return extract(document(value), [step ?? number ?? call.arg(1)]);
};

const parsed =
  (macro: string): FunctionRule =>
  (call) => {
    call.expect(1, 2);
    const value = call.arg(0);
    const manner = call.has(1) ? call.literal(1)?.toLowerCase() : 's';
    if (manner !== 's' && manner !== 'd') throw unsupported(`${call.name} with parameter ${manner ?? 'computed'}`);
    return isSemiStructured(value.type)
      ? value
      : { sql: `_sf.${macro}${manner === 'd' ? '_last' : ''}(${call.text(0)})`, type: VARIANT };
  };

/** VARIANT, OBJECT and ARRAY. */
export const SEMI_STRUCTURED: FunctionRules = {
  ...structuredArrays(ARRAYS),
  ...HELD_TYPES,
  ...structuredObjects(OBJECTS),
  AS_ARRAY: only(ARRAY, 'ARRAY'),
  AS_BOOLEAN: only(BOOLEAN, 'BOOLEAN'),
  AS_CHAR: only(TEXT, 'VARCHAR'),
  AS_DECIMAL: decimal,
  AS_DOUBLE: only(REAL, ...INTEGERS, 'DOUBLE'),
  AS_INTEGER: only(INTEGER, ...INTEGERS),
  AS_NUMBER: decimal,
  AS_OBJECT: only(OBJECT, 'OBJECT'),
  AS_REAL: only(REAL, ...INTEGERS, 'DOUBLE'),
  AS_VARCHAR: only(TEXT, 'VARCHAR'),
  CHECK_JSON: define(TEXT, 'text', 'sf_check_json($1)'),
  GET: get,
  GET_IGNORE_CASE: define(VARIANT, 'variant text', '_sf.get_ignore_case($1, $2)'),
  GET_PATH: getPath,
  IS_ARRAY: is('ARRAY'),
  IS_BOOLEAN: is('BOOLEAN'),
  IS_CHAR: ofType('VARCHAR'),
  IS_DECIMAL: define(BOOLEAN, 'variant', `(_sf.type_of($1) IN ('INTEGER', 'DECIMAL'))`),
  IS_DOUBLE: is(...INTEGERS, 'DOUBLE'),
  IS_INTEGER: is(...INTEGERS),
  IS_NULL_VALUE: is('NULL'),
  IS_OBJECT: is('OBJECT'),
  IS_REAL: is(...INTEGERS, 'DOUBLE'),
  IS_VARCHAR: ofType('VARCHAR'),
  JSON_EXTRACT_PATH_TEXT: extractPathText,
  PARSE_JSON: parsed('parse_json'),
  STRIP_NULL_VALUE: define(VARIANT, 'variant', `CASE WHEN json_type($1) <> 'NULL' THEN $1 END`),
  TO_JSON: define(TEXT, 'variant', '_sf.unmarked(CAST($1 AS VARCHAR))'),
  TRY_PARSE_JSON: parsed('try_parse_json'),
  TYPEOF: define(TEXT, 'variant', '_sf.type_of($1)'),
};
