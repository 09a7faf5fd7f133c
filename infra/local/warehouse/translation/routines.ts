import type { Routine } from '../contract.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { as, coerce } from './coerce.ts';
import type { CallParts } from './call.ts';
import type { Context, Query } from './context.ts';
import { externalCall } from './external-call.ts';
import { javascriptCall, javascriptRows } from './javascript-call.ts';
import { isOfRefusedFamily } from './functions/refused.ts';
import { unknownFunction, unsupported, wrongArguments } from './failures.ts';
import { Scope } from './scope.ts';
import type { ScopeColumn } from './scope.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import type { Node } from './tree.ts';
import { typeOfColumn } from './type-of-column.ts';
import { displayType } from './types.ts';
import type { Type, Typed } from './types.ts';

/** The arguments of a call: those by position, and those by name. */
interface Given {
  readonly positional: readonly Typed[];
  readonly named: ReadonlyMap<string, Typed>;
}

const UNREPEATABLE = /\b(?:random|random64|uuid|uuidv4|uuidv7|gen_random_uuid|nextval)\s*\(/i;

/** A call of a user-defined SQL function: its body, with the arguments in the place of their names. */
export const routineCall = (name: readonly string[], parts: CallParts, context: Context, scope: Scope): Typed => {
  const found = context.names.routines(name).filter(({ table }) => table === undefined);
  if (found.length === 0)
    throw isOfRefusedFamily(name.join('.')) ? unsupported(name.join('.')) : unknownFunction(name.join('.'));
  if (parts.over !== undefined || parts.distinct)
    throw unsupported(`DISTINCT or OVER of the function ${name.join('.')}`);
  const { routine, columns, inside } = bound(name, found, parts.nodes, context, scope);
  const { sql, type } =
    routine.javascript !== undefined
      ? javascriptCall(routine, columns)
      : routine.external === undefined
        ? bodyOf(routine, inside, context)
        : externalCall(routine, columns, context.sites);
  const missing = columns.map((column) => `${column.sql} IS NULL`).join(' OR ');
  return {
    sql: routine.strict && missing ? `CASE WHEN ${missing} THEN NULL ELSE ${sql} END` : `(${sql})`,
    type,
  };
};

const bodyOf = (routine: Routine, inside: Scope, context: Context): Typed => {
  const inner = context.elsewhere(routine.body, routine.names);
  const value = coerce(inner.context.expression(inner.node, inside), typeOfColumn({ ...routine.returns, name: '' }));
  return { ...value, sql: pinned(value.sql, routine) };
};

const pinned = (sql: string, { pinned = new Map() }: Routine): string =>
  [...pinned].reduce((text, [name, value]) => text.replaceAll(`getvariable('${name}')`, value), sql);

/** The rows of a user-defined table function in FROM; undefined where none has this name. */
export const tableRoutineCall = (
  name: readonly string[],
  nodes: readonly Node[],
  context: Context,
  scope: Scope,
): Query | undefined => {
  const found = context.names.routines(name).filter(({ table }) => table !== undefined);
  if (found.length === 0) return undefined;
  const { routine, columns, inside } = bound(name, found, nodes, context, scope);
  if (routine.javascript !== undefined) return javascriptRows(routine, columns, scope.sources.length > 0);
  const inner = context.elsewhere(routine.body, routine.names);
  const query = inner.context.query(inner.node, inside);
  const declared = routine.table!;
  if (query.columns.length !== declared.length)
    throw unsupported(`a query of ${query.columns.length} columns for a table of ${declared.length}`);
  const rows = inside.alias('ROWS');
  const items = query.columns.map(({ duckName, type }, i) => {
    const value = as({ sql: `${rows}.${quoteIdentifier(duckName)}`, type }, typeOfColumn(declared[i]!));
    return `${value} AS ${quoteIdentifier(declared[i]!.name)}`;
  });
  return {
    sql: `${scope.sources.length > 0 ? 'LATERAL ' : ''}(SELECT ${items.join(', ')} FROM (${query.sql}) AS ${rows})`,
    columns: declared.map((column) => ({ name: column.name, duckName: column.name, type: typeOfColumn(column) })),
  };
};

/** A table function in JavaScript, with its arguments; undefined for any other. */
export const javascriptTable = (
  name: readonly string[],
  nodes: readonly Node[],
  context: Context,
  scope: Scope,
): { routine: Routine; columns: readonly ScopeColumn[] } | undefined => {
  const found = context.names.routines(name).filter(({ table }) => table !== undefined);
  if (!found.some(({ javascript }) => javascript !== undefined)) return undefined;
  return bound(name, found, nodes, context, scope);
};

/** The overload that fits the arguments, and the scope of its body, in which they have its names. */
const bound = (
  name: readonly string[],
  found: readonly Routine[],
  nodes: readonly Node[],
  context: Context,
  scope: Scope,
): { routine: Routine; columns: readonly ScopeColumn[]; inside: Scope } => {
  const given = argumentsOf(nodes, context, scope);
  const fitting = found.filter((routine) => fits(routine, given));
  const all = [...given.positional, ...given.named.values()];
  const types = all.map(({ type }) => displayType(type)).join(', ');
  if (fitting.length === 0) throw wrongArguments(name.join('.'), types);
  const costs = fitting.map((routine) => costOf(routine, given));
  const least = Math.min(...costs);
  const [chosen, other] = fitting.filter((_, i) => costs[i] === least);
  if (other !== undefined) throw unsupported(`choice between overloads of ${name.join('.')} for (${types})`);
  const routine = chosen!;
  const columns = routine.parameters.map(({ name: parameter, type, fallback }, i) => {
    const target = typeOfColumn({ ...type, name: parameter });
    const value = given.positional[i] ?? given.named.get(parameter) ?? defaultOf(fallback!);
    return { name: parameter, sql: `(${as(value, target)})`, type: target };
  });
  if (columns.some(({ sql }) => UNREPEATABLE.test(sql)))
    throw unsupported(`a random argument of the function ${name.join('.')}`);
  const inside = new Scope(undefined, scope);
  inside.sources.push({ parts: name, columns });
  return { routine, columns, inside };

  function defaultOf(text: string): Typed {
    const inner = context.elsewhere(text, routine.names);
    return inner.context.expression(inner.node, new Scope(undefined, scope));
  }
};

const argumentsOf = (nodes: readonly Node[], context: Context, scope: Scope): Given => {
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
