import type { Names } from '../../contract.ts';
import { nameParts } from '../../sql/identifier.ts';
import { tokenize } from '../../sql/lexer.ts';
import type { Token } from '../../sql/token.ts';
import { unsupported } from '../failures.ts';
import { closing, isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';

/** In front of every function's name, so that the parser leaves name and arguments as they are written. */
export const MARK = 'SF__';

const NOT_FUNCTIONS = new Set(
  `ALL AND ANY AS AT BEFORE BETWEEN BY CASE CAST CHANGES CROSS CUBE DISTINCT ELSE END ESCAPE EXCEPT EXCLUDE EXISTS FOR FROM FULL GROUP GROUPING
   HAVING ILIKE IN INNER INTERSECT INTO IS JOIN LATERAL LIKE LIMIT MATCH_CONDITION MINUS NATURAL NOT NULL NULLS ON OR ORDER OVER OVERWRITE PIVOT PRIOR QUALIFY
   REGEXP RENAME RLIKE ROLLUP SAMPLE SELECT SET SETS SOME TABLE TABLESAMPLE THEN TOP TRY_CAST UNION UNPIVOT USING VALUES WHEN WHERE WITH WITHIN`.split(
    /\s+/,
  ),
);

const WITHOUT_PARENTHESES = new Set([
  'CURRENT_DATE',
  'CURRENT_TIME',
  'CURRENT_TIMESTAMP',
  'CURRENT_USER',
  'LOCALTIME',
  'LOCALTIMESTAMP',
]);

/** Constructs that the parser would blame on some token inside them. */
const REFUSED = [['AS', 'PROCEDURE', '(']];

const isWordOrOperator = (token: Token | undefined, text: string): boolean =>
  text === '(' ? isOperator(token, text) : isWord(token, text);

/** Whether LIKE, ILIKE or RLIKE is called, `LIKE(x, p)`, rather than standing behind a value. */
const isPatternCall = (tokens: readonly Token[], at: number): boolean =>
  isWord(tokens[at], 'ILIKE', 'LIKE', 'RLIKE') &&
  (isWord(tokens[at - 1], 'AND', 'ELSE', 'OR', 'SELECT', 'THEN', 'WHEN', 'WHERE') ||
    isOperator(tokens[at - 1], '(', ',', '=', '<>', '!='));

/** Marks function names; gives schema-qualified ones, which become `SF__R0`, `SF__R1`, … */
export const markFunctions = (edits: Edits, names: Names): string[][] => {
  const routines: string[][] = [];
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (edits.isReplaced(i)) return;
    if (isWord(token, 'MATCH_RECOGNIZE', 'RESAMPLE', 'SEMANTIC_VIEW') && isOperator(tokens[i + 1], '('))
      throw unsupported(token.value);
    if (isWord(token, 'DECFLOAT') && tokens[i + 1]?.kind === 'string') throw unsupported('type DECFLOAT');
    if (isWord(token, 'ADD', 'RENAME') && isWord(tokens[i + 1], 'FIELDS')) throw unsupported(`${token.value} FIELDS`);
    if (isWord(token, 'IDENTIFIER') && isOperator(tokens[i + 4], '(')) {
      const called = spelled(tokens[i + 2]);
      if (called !== undefined) return named(i, called);
    }
    const refused = REFUSED.find((words) => words.every((word, n) => isWordOrOperator(tokens[i + n], word)));
    if (refused) throw unsupported(refused.filter((word) => word !== '(').join(' '));
    if (!isOperator(tokens[i + 1], '(') || edits.isReplaced(i + 1)) {
      if (
        token.kind === 'word' &&
        WITHOUT_PARENTHESES.has(token.value) &&
        !isOperator(tokens[i - 1], '.', ':') &&
        !isWord(tokens[i - 1], 'AS')
      )
        edits.replace(i, `${MARK}${token.value}()`);
      return;
    }
    if (
      token.kind === 'quoted'
        ? !isOperator(tokens[i - 1], '.')
        : token.kind !== 'word' || (NOT_FUNCTIONS.has(token.value) && !isPatternCall(tokens, i))
    )
      return;
    if (isOperator(tokens[i - 1], '.')) qualified(i);
    else if (
      (isWord(token, 'REPLACE') && isStar(i - 1)) ||
      (isWord(token, 'INSERT') && isWord(tokens[i - 1], 'THEN')) ||
      isWord(tokens[i - 1], 'SAMPLE', 'TABLESAMPLE') ||
      (isWord(token, 'SEED', 'REPEATABLE') && isOperator(tokens[i - 1], ')'))
    )
      return;
    else {
      edits.replace(i, MARK + token.text);
      moveNullTreatment(edits, i + 1);
      if (isWord(token, 'DATE_PART', 'EXTRACT', 'POSITION')) commas(i);
      if (isWord(token, 'NTH_VALUE')) fromFirst(closing(tokens, i + 1) + 1);
    }
  });
  return routines;

  /** The text that a literal or a session's variable stands for. */
  function spelled(token: Token | undefined): string | undefined {
    if (token?.kind === 'string') return token.value;
    const literal = token?.kind === 'variable' ? names.variable(token.value) : undefined;
    return literal === undefined ? undefined : tokenize(literal)[0]!.value;
  }

  /** `IDENTIFIER('f')(x)` calls the function of that name. */
  function named(at: number, called: string): void {
    const parts = nameParts(called);
    const own = parts.length === 1 ? `${MARK}${parts[0]}` : `${MARK}R${routines.push(parts) - 1}`;
    edits.replace(at, own, at + 3);
  }

  function qualified(last: number): void {
    let first = last;
    while (isOperator(tokens[first - 1], '.') && first >= 2) first -= 2;
    if (isWord(tokens[first - 1], 'INTO', 'TABLE', 'AS')) return;
    const parts = tokens.slice(first, last + 1).filter((part) => part.kind === 'word' || part.kind === 'quoted');
    edits.replace(first, `${MARK}R${routines.length}`, last);
    routines.push(parts.map((part) => part.value));
  }

  /** Whether a star stands here, perhaps with EXCLUDE or ILIKE behind it. */
  function isStar(at: number): boolean {
    if (isOperator(tokens[at], '*')) return true;
    if (isWord(tokens[at - 1], 'EXCLUDE', 'ILIKE')) return isStar(at - 2);
    if (!isOperator(tokens[at], ')')) return false;
    let open = at;
    while (open > 0 && !isOperator(tokens[open], '(')) open -= 1;
    return isWord(tokens[open - 1], 'EXCLUDE') && isStar(open - 2);
  }

  /** NTH_VALUE(x, n) FROM FIRST is what NTH_VALUE does by itself. */
  function fromFirst(at: number): void {
    if (!isWord(tokens[at], 'FROM') || !isWord(tokens[at + 1], 'FIRST', 'LAST')) return;
    if (tokens[at + 1]!.value === 'LAST') throw unsupported('NTH_VALUE ... FROM LAST');
    edits.replace(at, '', at + 1);
  }

  /** EXTRACT(part FROM x) and POSITION(a IN b) become calls with commas. */
  function commas(at: number): void {
    const end = closing(tokens, at + 1);
    const word = tokens[at]!.value === 'POSITION' ? 'IN' : 'FROM';
    let depth = 0;
    for (let i = at + 1; i < end; i += 1) {
      if (isOperator(tokens[i], '(', '[')) depth += 1;
      else if (isOperator(tokens[i], ')', ']')) depth -= 1;
      else if (depth === 1 && isWord(tokens[i], word)) return edits.replace(i, ',');
    }
  }
};

/** `F(x IGNORE NULLS)` becomes `F(x) IGNORE NULLS`, which the parser reads for any function. */
const moveNullTreatment = (edits: Edits, open: number): void => {
  const end = closing(edits.tokens, open);
  const [how, nulls] = [edits.tokens[end - 2], edits.tokens[end - 1]];
  if (!isWord(nulls, 'NULLS') || !isWord(how, 'IGNORE', 'RESPECT')) return;
  edits.replace(end - 2, '', end - 1);
  edits.after(end, ` ${how!.value} NULLS`);
};
