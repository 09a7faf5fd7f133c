import { closing, isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';
import { MARK } from './functions.ts';

const SET_OPERATORS = ['UNION', 'EXCEPT', 'MINUS', 'INTERSECT'];

/** The name that stands for the pattern of `* ILIKE 'pattern'` in the star's list of excluded columns. */
export const STAR_PATTERN = 'SF__ILIKE_';

/** The alias that a subquery in FROM gets where it has none. */
export const NO_ALIAS = 'SF__NO_ALIAS';

/** The call that marks a column with `(+)`. */
export const OUTER = `${MARK}OUTER`;

/** `* ILIKE 'p'` becomes `* EXCLUDE (SF__ILIKE_p)`, which the parser reads. */
export const rewriteStarPatterns = (edits: Edits, string: (value: string) => string): void => {
  edits.tokens.forEach((token, i) => {
    if (!isOperator(token, '*') || !isWord(edits.tokens[i + 1], 'ILIKE')) return;
    const pattern = edits.tokens[i + 2];
    if (pattern?.kind !== 'string') return;
    edits.replace(i + 1, `EXCLUDE (${STAR_PATTERN}${string(pattern.value).slice(1)})`, i + 2);
  });
};

/** `t.x(+)` becomes a call, which marks the side of a join that may be missing. */
export const rewriteOuterJoins = (edits: Edits): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (!isOperator(token, '(') || !isOperator(tokens[i + 1], '+') || !isOperator(tokens[i + 2], ')')) return;
    let first = i - 1;
    while (isOperator(tokens[first - 1], '.')) first -= 2;
    if (first < 0 || tokens[first]?.kind === 'operator') return;
    edits.before(first, ` ${OUTER}(`);
    edits.replace(i, ')', i + 2);
  });
};

/** `X'4142'` becomes a call; the parser reads it in some places only. */
export const rewriteBytes = (edits: Edits, string: (value: string) => string): void => {
  edits.tokens.forEach((token, i) => {
    const digits = edits.tokens[i + 1];
    if (isWord(token, 'X') && digits?.kind === 'string' && digits.start === token.end)
      edits.replace(i, `${MARK}TO_BINARY('${string(digits.value)}')`, i + 1);
  });
};

const BEFORE_VALUES = 'AND BY CASE ELSE HAVING IN NOT ON OR SELECT THEN WHEN WHERE'.split(' ');

/** `+x` makes a number of x, which the parser forgets: it is negated twice. */
export const rewritePluses = (edits: Edits): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    const before = tokens[i - 1];
    const opens =
      isWord(before, ...BEFORE_VALUES) || (before?.kind === 'operator' && ![')', ']', '}'].includes(before.text));
    const value = ['string', 'word', 'quoted'].includes(tokens[i + 1]?.kind ?? '');
    if (isOperator(token, '+') && opens && value) edits.replace(i, '- -');
  });
};

const ESCAPES: Readonly<Record<string, string>> = { D: 'TO_DATE', T: 'TO_TIME', TS: 'TO_TIMESTAMP' };

/** `{*}` becomes OBJECT_CONSTRUCT(*), and ODBC's `{d '...'}` and `{fn f(x)}` what they mean. */
export const rewriteBraces = (edits: Edits): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (!isOperator(token, '{')) return;
    const [word, end] = [tokens[i + 1]!, closing(tokens, i)];
    const starAt = isOperator(tokens[i + 2], '.') ? i + 3 : i + 1;
    if (isOperator(tokens[starAt], '*') && !standsAlone(starAt + 1, end)) return;
    if (isOperator(tokens[starAt], '*')) replaced(i, `${MARK}OBJECT_CONSTRUCT(`, i, end);
    else if (isWord(word, 'D', 'T', 'TS') && tokens[i + 2]?.kind === 'string' && end === i + 3)
      replaced(i, `${MARK}${ESCAPES[word.value]}(`, i + 1, end);
    else if (isWord(word, 'FN')) replaced(i, '(', i + 1, end);
  });

  function replaced(at: number, text: string, last: number, end: number): void {
    edits.replace(at, text, last);
    edits.replace(end, ')');
  }

  /** A second star or a pair of key and value may not follow. */
  function standsAlone(from: number, end: number): boolean {
    for (let i = from; i < end; i += 1) {
      if (isOperator(tokens[i], '(')) i = closing(tokens, i);
      else if (isOperator(tokens[i], ',')) return false;
    }
    return true;
  }
};

/** `CONNECT_BY_ROOT t.x` becomes a call. */
export const rewriteRoots = (edits: Edits): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (!isWord(token, 'CONNECT_BY_ROOT') || tokens[i + 1]?.kind === 'operator') return;
    let last = i + 1;
    while (isOperator(tokens[last + 1], '.')) last += 2;
    edits.replace(i, `${MARK}CONNECT_BY_ROOT(`);
    edits.after(last, ')');
  });
};

/** Names a subquery in FROM that a set operator follows: the parser would else draw the operator into its parentheses. */
export const nameSubqueries = (edits: Edits): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (!isOperator(token, '(') || !isWord(tokens[i - 1], 'FROM', 'JOIN')) return;
    const end = closing(tokens, i);
    if (isWord(tokens[end + 1], ...SET_OPERATORS)) edits.after(end, ` AS ${NO_ALIAS}`);
  });
};
