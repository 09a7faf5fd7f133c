import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { arrayOf } from '../rules/variant-paths.ts';
import { ARRAY, BOOLEAN, fixed, OBJECT, TEXT, VARIANT } from '../types.ts';
import type { Typed } from '../types.ts';
import { define } from './define.ts';

const SIZE = fixed(9, 0);

const array = (kinds: string, ...templates: readonly string[]): FunctionRule => define(ARRAY, kinds, ...templates);

const arrayConstruct: FunctionRule = (call) => arrayOf(call.args);

/** One object for each place of the longest array, with the keys $1, $2, ...; one empty object where all arrays are empty. */
const zip = (call: Call): Typed => {
  call.expect(1, 99);
  const lists = call.args.map((arg) => `_sf.elements(${coerce(arg, ARRAY).sql})`);
  const keys = lists.map((_, i) => `'$${i + 1}'`).join(', ');
  const row = call.scope.alias('place');
  const objects = `list_transform(range(1, greatest(${lists.map((list) => `len(${list})`).join(', ')}) + 1), lambda ${row}: _sf.object_keep([${keys}], [${lists.map((list) => `_sf.defined((${list})[${row}])`).join(', ')}]))`;
  const missing = lists.map((list) => `${list} IS NULL`).join(' OR ');
  return {
    sql: `CASE WHEN ${missing} THEN NULL WHEN len(${objects}) = 0 THEN CAST('[{}]' AS JSON) ELSE to_json(${objects}) END`,
    type: ARRAY,
  };
};

const contains = (call: Call): Typed => {
  call.expect(2);
  return { sql: `_sf.array_contains(${call.variant(0)}, ${call.as(1, ARRAY)})`, type: BOOLEAN };
};

/** ARRAY. */
export const ARRAYS: FunctionRules = {
  ARRAYS_TO_OBJECT: define(OBJECT, 'variant variant', '_sf.arrays_to_object($1, $2)'),
  ARRAYS_ZIP: zip,
  ARRAYS_OVERLAP: define(BOOLEAN, 'variant variant', '_sf.arrays_overlap($1, $2)'),
  ARRAY_APPEND: array('variant variant', '_sf.array_append($1, $2)'),
  ARRAY_CAT: array('variant variant', '_sf.array_cat($1, $2)'),
  ARRAY_COMPACT: array('variant', '_sf.array_compact($1)'),
  ARRAY_CONSTRUCT: arrayConstruct,
  ARRAY_CONSTRUCT_COMPACT: (call) => ({ sql: `_sf.array_compact(${arrayOf(call.args).sql})`, type: ARRAY }),
  ARRAY_CONTAINS: contains,
  ARRAY_DISTINCT: array('variant', '_sf.array_distinct($1)'),
  ARRAY_EXCEPT: array('variant variant', '_sf.array_except($1, $2)'),
  ARRAY_FLATTEN: array('variant', '_sf.array_flatten($1)'),
  ARRAY_GENERATE_RANGE: array(
    'integer integer integer?',
    'to_json(range($1, $2))',
    `to_json(range($1, $2, CASE WHEN $3 = 0 THEN error('Step value for ARRAY_GENERATE_RANGE cannot be zero') ELSE $3 END))`,
  ),
  ARRAY_INSERT: array('variant integer variant', '_sf.array_insert($1, $2, $3)'),
  ARRAY_INTERSECTION: array('variant variant', '_sf.array_intersection($1, $2)'),
  ARRAY_MAX: define(VARIANT, 'variant', '_sf.array_max($1)'),
  ARRAY_MIN: define(VARIANT, 'variant', '_sf.array_min($1)'),
  ARRAY_POSITION: define(SIZE, 'variant variant', '_sf.array_position($1, $2)'),
  ARRAY_PREPEND: array('variant variant', '_sf.array_prepend($1, $2)'),
  ARRAY_REMOVE: array('variant variant', '_sf.array_remove($1, $2)'),
  ARRAY_REMOVE_AT: array('variant integer', '_sf.array_remove_at($1, $2)'),
  ARRAY_REPEAT: (call) => {
    call.expect(2);
    const element = `_sf.or_gap(${call.variant(0)})`;
    const copies = `list_transform(range(greatest(${call.integer(1)}, 0)), lambda _: ${element})`;
    return { sql: `CASE WHEN ${call.integer(1)} IS NOT NULL THEN to_json(${copies}) END`, type: ARRAY };
  },
  ARRAY_REVERSE: array('variant', '_sf.array_reverse($1)'),
  ARRAY_SIZE: define(SIZE, 'variant', '_sf.array_size($1)'),
  ARRAY_SLICE: array('variant integer integer', '_sf.array_slice($1, $2, $3)'),
  ARRAY_SORT: array(
    'variant boolean? boolean?',
    '_sf.array_sort_by($1, TRUE, FALSE)',
    '_sf.array_sort_by($1, $2, NOT $2)',
    '_sf.array_sort_by($1, $2, $3)',
  ),
  ARRAY_TO_STRING: define(TEXT, 'variant text', '_sf.array_to_string($1, $2)'),
  ARRAY_UNION_AGG: (call) => {
    call.expect(1);
    const lists = call.aggregate('list', `_sf.counted(_sf.elements(${call.variant(0)}))`);
    return { sql: `_sf.uncounted(${lists})`, type: ARRAY };
  },
  ARRAY_UNIQUE_AGG: (call) => {
    call.expect(1);
    const { over } = call.parts;
    const list = `list(DISTINCT ${call.variant(0)}) FILTER (WHERE ${call.variant(0)} IS NOT NULL)${over ? ` OVER ${over}` : ''}`;
    return { sql: `_sf.list_json(${list})`, type: ARRAY };
  },
};
