import { as } from '../coerce.ts';
import { uncollated } from '../collations.ts';
import type { Rule } from '../context.ts';
import { unsupported } from '../failures.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Node } from '../tree.ts';
import { BOOLEAN, TEXT } from '../types.ts';

const patternsOf = (node: Node): readonly Node[] => {
  if (kindOf(node) === 'tuple') return nodesAt(partsOf(node), 'expressions');
  return kindOf(node) === 'paren' ? [nodeAt(partsOf(node), 'this')!] : [node];
};

const like =
  (operator: 'LIKE' | 'ILIKE'): Rule =>
  (parts, context, scope) => {
    const value = as(uncollated(context.expression(nodeAt(parts, 'left')!, scope), operator), TEXT);
    const right = nodeAt(parts, 'right')!;
    const escape = nodeAt(parts, 'escape');
    const suffix = escape ? ` ESCAPE ${as(context.expression(escape, scope), TEXT)}` : '';
    const quantifier = textAt(parts, 'quantifier')?.toUpperCase();
    if (quantifier && kindOf(right) === 'subquery') throw unsupported(`${operator} ${quantifier} with a subquery`);
    const tests = (quantifier ? patternsOf(right) : [right]).map(
      (pattern) => `(${value} ${operator} ${as(context.expression(pattern, scope), TEXT)}${suffix})`,
    );
    const joint = quantifier === 'ALL' ? ' AND ' : ' OR ';
    return { sql: tests.length === 1 ? tests[0]! : `(${tests.join(joint)})`, type: BOOLEAN };
  };

export const likeRule = like('LIKE');
export const ilikeRule = like('ILIKE');

/** `x RLIKE p` and `x REGEXP p`: the pattern must match the whole text. */
export const regexpRule: Rule = (parts, context, scope) => {
  const [value, pattern] = [nodeAt(parts, 'this')!, nodeAt(parts, 'pattern')!].map((node) =>
    as(uncollated(context.expression(node, scope), 'REGEXP'), TEXT),
  );
  return { sql: `regexp_full_match(${value}, ${pattern})`, type: BOOLEAN };
};
