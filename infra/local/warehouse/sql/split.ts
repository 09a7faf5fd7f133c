import type { Token } from './token.ts';
import { tokenize } from './lexer.ts';

/** One statement of a text: its tokens end with `end`, their places are those in the whole text. */
export interface Statement {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const TRANSACTION_WORDS = new Set(['TRANSACTION', 'WORK', 'NAME']);
const COMPOUND_ENDS = new Set(['IF', 'LOOP', 'FOR', 'WHILE', 'REPEAT']);

const opensTransaction = (next: Token | undefined): boolean =>
  next === undefined ||
  next.kind === 'end' ||
  next.text === ';' ||
  (next.kind === 'word' && TRANSACTION_WORDS.has(next.value));

/** Splits a text at its semicolons; a Scripting block (`BEGIN ... END`, with or without DECLARE) stays whole. Empty statements vanish. */
export const splitStatements = (sql: string): Statement[] => {
  const tokens = tokenize(sql);
  const statements: Statement[] = [];
  let from = 0;
  let depth = 0;
  let declaring = false;
  // A procedure that a DECLARE section declares: its own block comes before that of the section.
  let nested: 'announced' | 'open' | undefined;

  tokens.forEach((token, i) => {
    if (token.kind === 'end' || (token.text === ';' && depth === 0 && !declaring)) {
      const own = tokens.slice(from, i);
      if (own.length > 0) statements.push(statement(sql, own));
      from = i + 1;
      depth = 0;
      return;
    }
    if (token.kind !== 'word') return;
    const previous = tokens[i - 1];
    if (previous?.text === '.' || previous?.text === ':') return;
    const next = tokens[i + 1];
    const startsStatement = i === from;
    if (token.value === 'PROCEDURE' && declaring && depth === 0 && next?.text === '(') nested = 'announced';
    if (token.value === 'DECLARE' && depth === 0 && (startsStatement || previous?.value === 'AS')) declaring = true;
    if (token.value === 'BEGIN' && (declaring || depth > 0 || startsStatement || previous?.value === 'AS')) {
      if (opensTransaction(next)) return;
      depth += 1;
      if (nested === 'announced') nested = 'open';
      else if (nested === undefined) declaring = false;
    } else if (token.value === 'CASE' && depth > 0 && previous?.value !== 'END') depth += 1;
    else if (token.value === 'END' && depth > 0 && !(next?.kind === 'word' && COMPOUND_ENDS.has(next.value))) {
      depth -= 1;
      if (depth === 0) nested = undefined;
    }
  });
  return statements;
};

const statement = (sql: string, own: Token[]): Statement => {
  const last = own.at(-1)!;
  return {
    text: sql.slice(own[0]!.start, last.end),
    tokens: [
      ...own,
      {
        kind: 'end',
        text: '',
        value: '',
        start: last.end,
        end: last.end,
        line: last.line,
        position: last.position + last.text.length,
      },
    ],
  };
};
