import { Cursor } from '../../sql/cursor.ts';
import type { Type } from '../types.ts';
import { dataType } from './data-type.ts';
import { isOperator } from './edits.ts';
import type { Edits } from './edits.ts';

/** In front of a lambda's parameter that has a type of its own, with the number of that type. */
export const TYPED = 'SF__L';

/** `x INT -> x + 1` becomes `SF__L0_x -> x + 1`: the parser reads no types there. */
export const rewriteLambdas = (edits: Edits, types: Type[]): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (!isOperator(token, '->')) return;
    const first = start(i - 1);
    const end = isOperator(tokens[first - 1], '(') && isOperator(tokens[i - 1], ')') ? i - 1 : i;
    for (let at = first; at < end; at = parameter(at, end) + 1);
  });

  /** Where the parameters begin that end at a token: in the brackets around them, or behind the comma that parts the arguments. */
  function start(last: number): number {
    let depth = 0;
    for (let at = last; at > 0; at -= 1) {
      if (isOperator(tokens[at], ')')) depth += 1;
      else if (isOperator(tokens[at], '(')) depth -= 1;
      if (depth > 0) continue;
      if (isOperator(tokens[at], ',') || (isOperator(tokens[at], '(') && isOperator(tokens[at - 1], ',')))
        return at + 1;
    }
    return 0;
  }

  /** Reads one parameter and gives the place of the comma behind it, or the end. */
  function parameter(at: number, end: number): number {
    if (at + 1 >= end || isOperator(tokens[at + 1], ',')) return at + 1;
    const cursor = new Cursor(tokens.slice(at + 1));
    types.push(dataType(cursor));
    const next = tokens.length - cursor.rest().length;
    edits.replace(at, `${TYPED}${types.length - 1}_${tokens[at]!.text}`, next - 1);
    return next;
  }
};
