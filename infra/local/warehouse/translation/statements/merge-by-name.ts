import type { Column } from '../../contract.ts';
import { tokenize } from '../../sql/lexer.ts';
import type { Token } from '../../sql/token.ts';
import { invalidIdentifier } from '../failures.ts';
import { isWord } from '../prepare/edits.ts';
import type { ScopeColumn, Source } from '../scope.ts';
import { nodeAt, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Node } from '../tree.ts';

/** The column that stands for ALL BY NAME in the tree, as the parser does not know these words. */
const MARK = 'SF__ALL_BY_NAME';

const SPELLED: Readonly<Record<string, string>> = {
  UPDATE: `UPDATE SET ${MARK} = 1`,
  INSERT: `INSERT (${MARK}) VALUES (1)`,
};

/** The tokens of a MERGE with each `ALL BY NAME` as an assignment or a list of one marked column. */
export const markByName = (tokens: readonly Token[]): Token[] =>
  tokens.flatMap((token, i) => {
    if ([1, 2, 3].some((back) => isByName(tokens, i - back))) return [];
    if (!isByName(tokens, i)) return [token];
    const { start, end, line, position } = token;
    const spelled = tokenize(SPELLED[token.value]!).slice(0, -1);
    return spelled.map((one) => ({ ...one, start, end, line, position }));
  });

const isByName = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at], 'UPDATE', 'INSERT') && ['ALL', 'BY', 'NAME'].every((word, i) => isWord(tokens[at + 1 + i], word));

/** Whether this list of assignments or columns is the mark. */
export const isMarked = (list: Node): boolean => {
  const [only] = nodesAt(partsOf(list), 'expressions');
  if (!only) return false;
  return textAt(partsOf(nodeAt(partsOf(only), 'left') ?? only), 'name') === MARK;
};

/** Each column of the target with the source's of that name; the two must have the same names, in any order. */
export const pairsByName = (
  columns: readonly Column[],
  sources: readonly Source[],
): (readonly [Column, ScopeColumn])[] => {
  const given = new Map(sources.flatMap((source) => source.columns).map((column) => [column.name, column]));
  const pairs = columns.map((column) => {
    const found = given.get(column.name);
    if (!found) throw invalidIdentifier([column.name]);
    given.delete(column.name);
    return [column, found] as const;
  });
  for (const name of given.keys()) throw invalidIdentifier([name]);
  return pairs;
};
