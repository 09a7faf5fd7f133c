import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { ARRAY, isSemiStructured, OBJECT, TEXT, VARIANT } from '../types.ts';
import { define } from './define.ts';
import { starArguments } from './star-arguments.ts';

type Pair = readonly [key: string, value: string];

const PLAIN_KEY = /^'(?:[ !#-&(-[\]-~]|'')*'$/;

/** Whether all keys are known now, each once, and need no escaping. */
const areFixed = (pairs: readonly Pair[]): boolean =>
  pairs.every(([key]) => PLAIN_KEY.test(key)) && new Set(pairs.map(([key]) => key)).size === pairs.length;

/** The object's text put together from its values': what the macros do for keys that only the rows tell takes DuckDB far longer to plan. */
const fixedObject = (pairs: readonly Pair[], keepNull: boolean): string => {
  const members = pairs
    .map(([key, value]) => ({ name: key.slice(1, -1), text: `CAST(${value} AS VARCHAR)` }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, text }) => `'"${name}":' || ${keepNull ? `coalesce(${text}, 'null')` : text}`);
  return `CAST('{' || concat_ws(',', ${members.join(', ')}) || '}' AS JSON)`;
};

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
    if (areFixed(pairs)) return { sql: fixedObject(pairs, keepNull), type: OBJECT };
    const macro = keepNull ? 'object_keep' : 'object_drop';
    return {
      sql: `_sf.${macro}([${pairs.map(([key]) => key).join(', ')}], [${pairs.map(([, value]) => value).join(', ')}])`,
      type: OBJECT,
    };
  };

/** The keys that a call names one by one, or all in one ARRAY. */
const keysOf = (call: Call): string => {
  const keys = call.args.slice(1);
  const [first] = keys;
  if (keys.length === 1 && first && isSemiStructured(first.type))
    return `list_transform(_sf.elements(${first.sql}), lambda e: e ->> '$')`;
  return `[${keys.map((key) => as(key, TEXT)).join(', ')}]`;
};

/** OBJECT. */
export const OBJECTS: FunctionRules = {
  OBJECT_CONSTRUCT: objectConstruct(false),
  OBJECT_CONSTRUCT_KEEP_NULL: objectConstruct(true),
  OBJECT_DELETE: (call) => ({ sql: `_sf.object_delete(${call.variant(0)}, ${keysOf(call)})`, type: OBJECT }),
  OBJECT_INSERT: (call) => ({
    sql: `_sf.object_insert(${call.variant(0)}, ${call.text(1)}, ${call.variant(2)}, ${call.has(3) ? call.boolean(3) : 'FALSE'})`,
    type: OBJECT,
  }),
  OBJECT_KEYS: define(ARRAY, 'variant', '_sf.object_keys($1)'),
  OBJECT_PICK: (call) => ({ sql: `_sf.object_pick(${call.variant(0)}, ${keysOf(call)})`, type: OBJECT }),
};
