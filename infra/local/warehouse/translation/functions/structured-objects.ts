import { SnowflakeError } from '../../contract.ts';
import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { OBJECT, VARIANT } from '../types.ts';
import type { Field } from '../types.ts';

/** A key of a structured object, which must be written in the statement. */
const keyAt = (call: Call, index: number): string => {
  const key = call.literal(index);
  if (key === undefined) throw unsupported(`${call.name} of a structured OBJECT with a computed key`);
  return key;
};

const amiss = (code: string, call: Call, expected: string): SnowflakeError =>
  new SnowflakeError(code, '23001', `Function ${call.name}: expected structured object to ${expected}.`);

/** Each key must be a field of the object's type. */
const known = (call: Call, fields: readonly Field[], keys: readonly string[]): void => {
  const missing = keys.find((key) => !fields.some(({ name }) => name === key));
  if (missing !== undefined) throw amiss('093201', call, `contain field ${missing} but it did not`);
};

/** OBJECT_DELETE and OBJECT_PICK: the type has the fields that are left. */
const choosing =
  (rule: FunctionRule, stays: (chosen: boolean) => boolean): FunctionRule =>
  (call) => {
    const { fields } = call.arg(0).type;
    if (!fields) return rule(call);
    const keys = call.parts.nodes.slice(1).map((_, i) => keyAt(call, i + 1));
    known(call, fields, keys);
    return { ...rule(call), type: { ...OBJECT, fields: fields.filter(({ name }) => stays(keys.includes(name))) } };
  };

/** OBJECT_INSERT: a new field has the type of its value, an updated one keeps its own. */
const inserting =
  (rule: FunctionRule): FunctionRule =>
  (call) => {
    const { sql, type } = call.arg(0);
    const { fields } = type;
    if (!fields) return rule(call);
    const [key, value] = [keyAt(call, 1), call.arg(2)];
    const updates = call.has(3) && call.boolean(3).toUpperCase() === 'TRUE';
    const old = fields.find(({ name }) => name === key);
    if (updates) known(call, fields, [key]);
    else if (old) throw amiss('093202', call, `not contain field ${key} but it did`);
    const slot = coerce(old ? coerce(value, old.type) : value, VARIANT).sql;
    return {
      sql: `_sf.object_insert(${sql}, ${call.text(1)}, ${slot}, ${String(updates).toUpperCase()})`,
      type: old ? type : { ...OBJECT, fields: [...fields, { name: key, type: value.type, required: true }] },
    };
  };

/** The functions that know structured objects, in front of those that take any object. */
export const structuredObjects = (rules: FunctionRules): FunctionRules => ({
  ...rules,
  OBJECT_DELETE: choosing(rules['OBJECT_DELETE']!, (chosen) => !chosen),
  OBJECT_INSERT: inserting(rules['OBJECT_INSERT']!),
  OBJECT_PICK: choosing(rules['OBJECT_PICK']!, (chosen) => chosen),
});
