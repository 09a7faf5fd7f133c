import type { FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { ARRAY, OBJECT, TEXT, VARIANT } from '../types.ts';
import { define } from './define.ts';
import { starArguments } from './star-arguments.ts';

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

/** OBJECT. */
export const OBJECTS: FunctionRules = {
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
};
