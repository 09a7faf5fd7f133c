import { unexpected } from '../../sql/syntax-error.ts';
import { isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';

const ENDS = [
  'FROM',
  'INTO',
  'WHERE',
  'GROUP',
  'HAVING',
  'QUALIFY',
  'ORDER',
  'LIMIT',
  'FETCH',
  'UNION',
  'EXCEPT',
  'MINUS',
  'INTERSECT',
  'CONNECT',
  'START',
];

/**
 * Puts a literal `'#n'` in front of each select list and gives the lists' items as written: an expression without alias is
 * named by its text, which the parser does not keep.
 */
export const markSelects = (edits: Edits, sql: (first: number, last: number) => string): string[][] => {
  const lists: string[][] = [];
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (!isWord(token, 'SELECT') || isOperator(tokens[i - 1], '.', ':')) return;
    let at = i + 1;
    if (isWord(tokens[at], 'DISTINCT', 'ALL')) at += 1;
    if (isWord(tokens[at], 'TOP') && tokens[at + 1]?.kind === 'number') at += 2;
    if (isWord(tokens[at], ...ENDS) || isOperator(tokens[at], ')', ',') || tokens[at]?.kind === 'end')
      throw unexpected(tokens[at]!);
    edits.before(at, ` '#${lists.length}',`);
    lists.push(items(at));
  });
  return lists;

  function items(from: number): string[] {
    const texts: string[] = [];
    let first = from;
    let depth = 0;
    for (let i = from; i < tokens.length; i += 1) {
      const token = tokens[i]!;
      const over = depth === 0 && (token.kind === 'end' || isOperator(token, ')', ';') || endsList(i));
      if (over || (depth === 0 && isOperator(token, ','))) {
        if (i > first) texts.push(sql(first, i - 1).replaceAll(/"(\$\d+)"/g, '$1'));
        first = i + 1;
      }
      if (over) return texts;
      if (isOperator(token, '(', '[', '{')) depth += 1;
      else if (isOperator(token, ')', ']', '}')) depth -= 1;
    }
    return texts;
  }

  function endsList(i: number): boolean {
    if (!isWord(tokens[i], ...ENDS) || isOperator(tokens[i - 1], '.', ':') || isWord(tokens[i - 1], 'AS')) return false;
    if (isWord(tokens[i], 'GROUP') && isWord(tokens[i - 1], 'WITHIN')) return false;
    if (isWord(tokens[i + 1], 'FIRST', 'LAST') && isWord(tokens[i + 2], 'OVER', 'IGNORE', 'RESPECT')) return false;
    return !(isWord(tokens[i], 'FROM') && isWord(tokens[i - 1], 'DISTINCT') && isWord(tokens[i - 2], 'IS', 'NOT'));
  }
};
