import { closing } from '../../sql/closing.ts';
import type { Token } from '../../sql/token.ts';

/** Where the parts of a PIVOT stand whose columns the data decides, as indices of tokens. */
export interface DynamicPivot {
  readonly sourceFirst: number;
  readonly sourceLast: number;
  readonly columnFirst: number;
  readonly columnLast: number;
  /** The brackets of the list of values. */
  readonly listOpen: number;
  readonly listClose: number;
  /** `ANY`, not a subquery. */
  readonly any: boolean;
}

/** The PIVOTs with `IN (ANY ...)` or `IN (SELECT ...)`; an inner one comes before the one around it. */
export const dynamicPivots = (tokens: readonly Token[]): DynamicPivot[] =>
  tokens.flatMap((token, i) => {
    if (token.value !== 'PIVOT' || token.kind !== 'word' || tokens[i + 1]?.text !== '(') return [];
    const end = closing(tokens, i + 1);
    const forAt = indexAtDepth(tokens, i + 2, end, 'FOR');
    const inAt = indexAtDepth(tokens, forAt + 1, end, 'IN');
    const first = tokens[inAt + 2];
    if (forAt < 0 || inAt < 0 || !['ANY', 'SELECT', 'WITH'].includes(first?.value ?? '')) return [];
    return [
      {
        sourceFirst: sourceBefore(tokens, i - 1),
        sourceLast: i - 1,
        columnFirst: forAt + 1,
        columnLast: inAt - 1,
        listOpen: inAt + 1,
        listClose: closing(tokens, inAt + 1),
        any: first!.value === 'ANY',
      },
    ];
  });

/** Where the common tables end that are whole before a place, in a statement that begins with WITH. */
export const commonTablesBefore = (tokens: readonly Token[], place: number): number | undefined => {
  if (tokens[0]?.value !== 'WITH') return undefined;
  let last: number | undefined;
  let at = 1;
  while (at < place) {
    const open = indexAtDepth(tokens, at, place, 'AS') + 1;
    if (open === 0 || tokens[open]?.text !== '(') return last;
    const end = closing(tokens, open);
    if (end >= place) return last;
    last = end;
    if (tokens[end + 1]?.text !== ',') return last;
    at = end + 2;
  }
  return last;
};

/** The beginning of a table's name, or of a subquery or call in brackets, that ends here. */
const sourceBefore = (tokens: readonly Token[], last: number): number => {
  let at = last;
  if (tokens[at]?.text === ')') {
    for (let depth = 0; at > 0; at -= 1) {
      if (tokens[at]!.text === ')') depth += 1;
      if (tokens[at]!.text === '(' && (depth -= 1) === 0) break;
    }
    if (['TABLE', 'IDENTIFIER'].includes(tokens[at - 1]?.value ?? '')) at -= 1;
  }
  while (tokens[at - 1]?.text === '.') at -= 2;
  return at;
};

const indexAtDepth = (tokens: readonly Token[], from: number, to: number, word: string): number => {
  let depth = 0;
  for (let i = from; i < to; i += 1) {
    if (tokens[i]!.text === '(') depth += 1;
    else if (tokens[i]!.text === ')') depth -= 1;
    else if (depth === 0 && tokens[i]!.kind === 'word' && tokens[i]!.value === word) return i;
  }
  return -1;
};
