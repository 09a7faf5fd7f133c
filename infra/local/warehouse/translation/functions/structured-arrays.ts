import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { coerce } from '../coerce.ts';
import { wrongArguments } from '../failures.ts';
import { arrayOf } from '../rules/variant-paths.ts';
import { ARRAY, commonType, displayType, isNumeric, NULL, VARIANT } from '../types.ts';
import type { Slot, Type } from '../types.ts';

const refused = (call: Call): Error =>
  wrongArguments(call.name, call.args.map(({ type }) => displayType(type)).join(', '));

/** Whether one type may become another on its own: within numbers or texts, and texts as numbers. */
const comes = (from: Type, to: Type): boolean =>
  from.name === to.name || from.name === 'null' || (isNumeric(to) && (isNumeric(from) || from.name === 'text'));

/** The array keeps its type. */
const keeping =
  (rule: FunctionRule): FunctionRule =>
  (call) => {
    const { type } = call.arg(0);
    return type.element ? { ...rule(call), type } : rule(call);
  };

/** What is added to a structured array becomes of its elements' type. */
const adding =
  (rule: FunctionRule, at: number, macro: string): FunctionRule =>
  (call) => {
    const { type } = call.arg(0);
    if (!type.element) return rule(call);
    call.expect(at + 1);
    const value = call.arg(at);
    if (!comes(value.type, type.element.type)) throw refused(call);
    const place = at === 2 ? `${call.integer(1)}, ` : '';
    const added = coerce(coerce(value, type.element.type), VARIANT).sql;
    return { sql: `_sf.${macro}(${call.variant(0)}, ${place}${added})`, type };
  };

/** Two arrays are both structured, of elements that compare, or neither is. */
const joining =
  (rule: FunctionRule, element: (a: Slot, b: Slot) => Slot): FunctionRule =>
  (call) => {
    call.expect(2);
    const [a, b] = [call.arg(0).type.element, call.arg(1).type.element];
    if (!a && !b) return rule(call);
    const alike = a && b && (a.type.name === b.type.name || (isNumeric(a.type) && isNumeric(b.type)));
    if (!alike) throw refused(call);
    return { ...rule(call), type: { ...ARRAY, element: element(a, b) } };
  };

const wider = (a: Slot, b: Slot): Slot => ({ type: commonType(a.type, b.type), required: a.required && b.required });

const constructed: FunctionRule = (call) => {
  call.expect(1, 10_000);
  const type = call.args.map((arg) => arg.type).reduce(commonType, NULL);
  if (type.name === 'null') throw refused(call);
  const { sql } = arrayOf(call.args.map((arg) => coerce(arg, type)));
  return { sql, type: { ...ARRAY, element: { type, required: false } } };
};

/** The functions that know structured arrays, in front of those that take any array. */
export const structuredArrays = (rules: FunctionRules): FunctionRules => ({
  ...rules,
  ARRAY_APPEND: adding(rules['ARRAY_APPEND']!, 1, 'array_append'),
  ARRAY_CAT: joining(rules['ARRAY_CAT']!, wider),
  ARRAY_COMPACT: keeping(rules['ARRAY_COMPACT']!),
  ARRAY_CONSTRUCT_STRUCTURED: constructed,
  ARRAY_EXCEPT: joining(rules['ARRAY_EXCEPT']!, (a) => a),
  ARRAY_INSERT: adding(rules['ARRAY_INSERT']!, 2, 'array_insert'),
  ARRAY_INTERSECTION: joining(rules['ARRAY_INTERSECTION']!, wider),
  ARRAY_PREPEND: adding(rules['ARRAY_PREPEND']!, 1, 'array_prepend'),
  ARRAY_SLICE: keeping(rules['ARRAY_SLICE']!),
});
