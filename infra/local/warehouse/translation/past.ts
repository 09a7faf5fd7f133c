import type { ChangesWanted, Moment, Relation } from '../contract.ts';
import type { Context } from './context.ts';
import { noSuchObject, unsupported } from './failures.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import type { Parts } from './tree.ts';

/** The table of this name at the moment that AT or BEFORE gives, or its changes since. */
export const pastNamed = (name: readonly string[], parts: Parts, context: Context): Relation => {
  const changes = parts['changes'] as Parts | null;
  const wanted = changes ? changesWanted(changes, context) : moment(parts['when'] as Parts, context);
  const relation = context.names.past(name, wanted);
  if (!relation) throw noSuchObject(name);
  context.reads.add(relation);
  return relation;
};

const changesWanted = (parts: Parts, context: Context): ChangesWanted => {
  const [from, to] = [nodeAt(parts, 'at_before'), nodeAt(parts, 'end')];
  const information = partsOf(nodeAt(parts, 'information')!)['this'];
  return {
    appendOnly: String(information).toUpperCase() === 'APPEND_ONLY',
    from: moment(partsOf(from!), context),
    ...(to && { to: moment(partsOf(to), context) }),
  };
};

/** Constants stand here: what was written as an expression has been evaluated, but not in the text of a view. */
const moment = (parts: Parts, context: Context): Moment => {
  const expression = nodeAt(parts, 'expression')!;
  const before = partsOf(nodeAt(parts, 'this')!)['name'] === 'BEFORE';
  const kind = String(parts['kind']);
  const isNegative = kindOf(expression) === 'neg';
  const literal = isNegative ? nodeAt(partsOf(expression), 'this')! : expression;
  const value = kindOf(literal) === 'literal' ? String(partsOf(literal)['value']) : undefined;
  if (value !== undefined && kind === 'STATEMENT') return { statement: context.string(value), before };
  if (value !== undefined && kind === 'TIMESTAMP' && Number(value) > 0)
    return { time: new Date(Number(value) * 1000), before };
  if (value !== undefined && kind === 'OFFSET') return { secondsAgo: Number(value) * (isNegative ? 1 : -1), before };
  throw unsupported(`Time Travel by ${kind} here`);
};
