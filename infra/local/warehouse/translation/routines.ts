import type { Routine } from '../contract.ts';
import { as, coerce } from './coerce.ts';
import type { CallParts } from './call.ts';
import type { Context } from './context.ts';
import { unknownFunction, unsupported, wrongArguments } from './failures.ts';
import { Scope } from './scope.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import { displayType, typeOfColumn } from './types.ts';
import type { Type, Typed } from './types.ts';

/** The arguments of a call: those by position, and those by name. */
interface Given {
  readonly positional: readonly Typed[];
  readonly named: ReadonlyMap<string, Typed>;
}

const UNREPEATABLE = /\b(?:random|random64|uuid|uuidv4|uuidv7|gen_random_uuid|nextval)\s*\(/i;

/** A call of a user-defined SQL function: its body, with the arguments in the place of their names. */
export const routineCall = (name: readonly string[], parts: CallParts, context: Context, scope: Scope): Typed => {
  const found = context.names.routines(name);
  if (found.length === 0) throw unknownFunction(name.join('.'));
  if (parts.over !== undefined || parts.distinct)
    throw unsupported(`DISTINCT or OVER of the function ${name.join('.')}`);
  const given = argumentsOf(parts, context, scope);
  const fitting = found.filter((routine) => fits(routine, given));
  const all = [...given.positional, ...given.named.values()];
  const types = all.map(({ type }) => displayType(type)).join(', ');
  if (fitting.length === 0) throw wrongArguments(name.join('.'), types);
  const costs = fitting.map((routine) => costOf(routine, given));
  const least = Math.min(...costs);
  const [chosen, other] = fitting.filter((_, i) => costs[i] === least);
  if (other !== undefined) throw unsupported(`choice between overloads of ${name.join('.')} for (${types})`);
  return inlined(name, chosen!, given, context, scope);
};

/** The body of a function for these arguments, of the type that it returns. */
const inlined = (
  name: readonly string[],
  { parameters, returns, body, strict, names }: Routine,
  given: Given,
  context: Context,
  scope: Scope,
): Typed => {
  const own = new Scope(undefined, scope);
  const columns = parameters.map(({ name, type, fallback }, i) => {
    const target = typeOfColumn({ ...type, name });
    const value = given.positional[i] ?? given.named.get(name) ?? defaultOf(fallback!);
    return { name, sql: `(${as(value, target)})`, type: target };
  });
  if (columns.some(({ sql }) => UNREPEATABLE.test(sql)))
    throw unsupported(`a random argument of the function ${name.join('.')}`);
  own.sources.push({ parts: name, columns });
  const inner = context.elsewhere(body, names);
  const { sql, type } = coerce(inner.context.expression(inner.node, own), typeOfColumn({ ...returns, name: '' }));
  const missing = columns.map((column) => `${column.sql} IS NULL`).join(' OR ');
  return { sql: strict && missing ? `CASE WHEN ${missing} THEN NULL ELSE ${sql} END` : `(${sql})`, type };

  function defaultOf(text: string): Typed {
    const inner = context.elsewhere(text, names);
    return inner.context.expression(inner.node, new Scope(undefined, scope));
  }
};

const argumentsOf = ({ nodes }: CallParts, context: Context, scope: Scope): Given => {
  const named = new Map<string, Typed>();
  const positional: Typed[] = [];
  for (const node of nodes) {
    if (kindOf(node) !== 'named_argument') positional.push(context.expression(node, scope));
    else
      named.set(context.identifier(partsOf(node)['name']), context.expression(nodeAt(partsOf(node), 'value')!, scope));
  }
  if (named.size > 0 && positional.length > 0) throw unsupported('arguments by position and by name in one call');
  return { positional, named };
};

const fits = ({ parameters }: Routine, { positional, named }: Given): boolean =>
  positional.length <= parameters.length &&
  [...named.keys()].every((key) => parameters.some(({ name }) => name === key)) &&
  parameters.every(({ name, fallback }, i) => i < positional.length || named.has(name) || fallback !== undefined);

/** How far the arguments are from what the function declares: it is the nearest that is called. */
const costOf = ({ parameters }: Routine, { positional, named }: Given): number =>
  parameters.reduce((sum, { name, type }, i) => {
    const value = positional[i] ?? named.get(name);
    return sum + (value === undefined ? 1 : distance(value.type, typeOfColumn({ ...type, name })));
  }, 0);

const distance = (from: Type, to: Type): number => {
  if (from.name === to.name) return 0;
  if (from.name === 'null' || from.name === 'any') return 10;
  return from.name === 'fixed' && to.name === 'real' ? 10 : 100;
};
