import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { wrongArguments } from '../failures.ts';
import { ARRAY, BOOLEAN, commonType, displayType, fixed, isSemiStructured, NULL, TEXT, VARIANT } from '../types.ts';
import type { Type, Typed } from '../types.ts';

/** The argument that must be a MAP. */
const mapAt = (call: Call, index: number): Typed & { readonly type: Type } => {
  const value = call.arg(index);
  if (value.type.name === 'map') return value;
  throw wrongArguments(call.name, call.args.map(({ type }) => displayType(type)).join(', '));
};

/** The keys that a call names one by one, or all in one ARRAY. */
const keysOf = (call: Call): string => {
  const keys = call.args.slice(1);
  const [first] = keys;
  if (keys.length === 1 && first && isSemiStructured(first.type))
    return `list_transform(_sf.elements(${first.sql}), lambda e: e ->> '$')`;
  return `[${keys.map((key) => as(key, TEXT)).join(', ')}]`;
};

const chosen =
  (macro: string): FunctionRule =>
  (call) => {
    call.expect(2, 1000);
    const { sql, type } = mapAt(call, 0);
    return { sql: `CASE WHEN ${sql} IS NOT NULL THEN _sf.${macro}(${sql}, ${keysOf(call)}) END`, type };
  };

/** MAP, which lies in a document as an OBJECT does. */
export const MAPS: FunctionRules = {
  MAP_CAT: (call) => {
    call.expect(2);
    const [a, b] = [mapAt(call, 0), mapAt(call, 1)];
    return { sql: `_sf.map_cat(${a.sql}, ${coerce(b, a.type).sql})`, type: a.type };
  },
  MAP_CONSTRUCT: (call) => {
    call.expect(2, 10_000);
    const [keys, values] = [0, 1].map((half) => call.args.filter((_, i) => i % 2 === half));
    const [key, value] = [keys!, values!].map((all) => all.map(({ type }) => type).reduce(commonType, NULL));
    if (keys!.length !== values!.length || !['text', 'fixed', 'real'].includes(key!.name))
      throw wrongArguments(call.name, call.args.map(({ type }) => displayType(type)).join(', '));
    const names = keys!.map((one) => as(coerce(one, key!), TEXT)).join(', ');
    const parts = values!.map((one) => coerce(coerce(one, value!), VARIANT).sql).join(', ');
    return {
      sql: `_sf.object_keep([${names}], [${parts}])`,
      type: { name: 'map', key: key!, element: { type: value!, required: false } },
    };
  },
  MAP_CONTAINS_KEY: (call) => {
    call.expect(2);
    const { sql } = mapAt(call, 1);
    return { sql: `list_contains(json_keys(${sql}), ${call.text(0)})`, type: BOOLEAN };
  },
  MAP_DELETE: chosen('object_delete'),
  MAP_INSERT: (call) => {
    call.expect(3, 4);
    const { sql, type } = mapAt(call, 0);
    const value = call.variant(2);
    const slot = coerce(coerce({ sql: `_sf.not_null(${value})`, type: { name: 'variant' } }, type.element!.type), {
      name: 'variant',
    }).sql;
    const flag = call.has(3) ? call.boolean(3) : 'FALSE';
    return { sql: `_sf.map_insert(${sql}, ${call.text(1)}, ${slot}, ${flag})`, type };
  },
  MAP_KEYS: (call) => {
    call.expect(1);
    const { sql, type } = mapAt(call, 0);
    const keys = { sql: `to_json(list_sort(json_keys(${sql})))`, type: ARRAY };
    return coerce(keys, { ...ARRAY, element: { type: type.key!, required: false } });
  },
  MAP_PICK: chosen('object_pick'),
  MAP_SIZE: (call) => {
    call.expect(1);
    return { sql: `len(json_keys(${mapAt(call, 0).sql}))`, type: fixed(10, 0) };
  },
};
