import { Call, KEEPING } from '../call.ts';
import type { CallParts } from '../call.ts';
import type { Context, Rule } from '../context.ts';
import { unsupported } from '../failures.ts';
import { FUNCTIONS } from '../functions/registry.ts';
import { routineCall } from '../routines.ts';
import { ordering } from '../ordering.ts';
import { MARK } from '../prepare/functions.ts';
import type { Scope } from '../scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from '../tree.ts';
import type { Parts } from '../tree.ts';
import { ANY } from '../types.ts';
import type { Typed } from '../types.ts';
import { windowOf } from '../window.ts';

type Around = Omit<CallParts, 'name' | 'nodes' | 'distinct' | 'ignoreNulls'>;

const call = (parts: Parts, context: Context, scope: Scope, around: Around = {}): Typed => {
  const name = context.identifier({ name: parts['name'], quoted: false });
  const own: CallParts = {
    ...around,
    name,
    nodes: nodesAt(parts, 'args'),
    distinct: parts['distinct'] === true,
    ignoreNulls: parts['ignore_nulls'] === true,
  };
  if (name === 'BIND' && String(parts['name']).startsWith(MARK))
    return { sql: `$${new Call(own, context, scope).integer(0)}`, type: ANY };
  if (/^R\d+$/.test(name) && String(parts['name']).startsWith(MARK))
    return routineCall(context.routine(Number(name.slice(1))), own, context, scope);
  const rule = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!rule) return routineCall([name], own, context, scope);
  const called = new Call(own, context, scope);
  return KEEPING.has(name) ? likeArguments(rule(called), called) : rule(called);
};

/** A text with the collation of the texts that it was made of. */
const likeArguments = (made: Typed, { args }: Call): Typed => {
  const collation = args.map(({ type }) => type.collation).find((one) => one !== undefined);
  return collation === undefined || made.type.name !== 'text' ? made : { ...made, type: { ...made.type, collation } };
};

/** A plain call. */
export const functionCall: Rule = (parts, context, scope) => call(parts, context, scope);

/** A call with WITHIN GROUP. */
export const withinGroup: Rule = (parts, context, scope) =>
  call(innerParts(parts), context, scope, groupOf(parts, context, scope));

/** A call with OVER, and WITHIN GROUP where it has one. */
export const windowCall: Rule = (parts, context, scope) => {
  if (scope.lagged) return scope.lagged(parts);
  const inner = nodeAt(parts, 'this')!;
  const window = windowOf(nodeAt(parts, 'over')!, context, scope);
  const grouped = kindOf(inner) === 'within_group' ? groupOf(partsOf(inner), context, scope) : {};
  const called = kindOf(inner) === 'within_group' ? innerParts(partsOf(inner)) : partsOf(inner);
  if (!('name' in called)) throw unsupported(`${kindOf(inner)} OVER`);
  return call(called, context, scope, {
    ...grouped,
    over: window.sql,
    framed: window.framed,
    ...(window.partition && { partition: window.partition }),
  });
};

const innerParts = (parts: Parts): Parts => partsOf(nodeAt(parts, 'this')!);

const groupOf = (parts: Parts, context: Context, scope: Scope): Around => {
  const nodes = nodesAt(parts, 'order_by');
  return {
    order: nodes.map((node) => ordering(node, context.expression(nodeAt(node, 'this')!, scope))).join(', '),
    orderNodes: nodes,
  };
};
