import { closing, isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';
import { MARK } from './functions.ts';

/** Words that are names on Snowflake, and something else to the parser wherever it meets them bare. */
const NAMES = ['BINARY', 'BODY', 'FORMAT', 'INTERVAL'];

/** Marks names that the parser would take for words of its own: such columns anywhere, and any column in what a MERGE sets and inserts. */
export const markWords = (edits: Edits): void => {
  const { tokens } = edits;
  tokens.forEach((token, i) => {
    if (isWord(token, ...NAMES)) mark(i);
    if (!isWord(token, 'THEN')) return;
    if (isWord(tokens[i + 1], 'UPDATE') && isWord(tokens[i + 2], 'SET')) assignments(i + 3);
    if (isWord(tokens[i + 1], 'INSERT') && isOperator(tokens[i + 2], '(')) columns(i + 2);
  });

  function mark(at: number): void {
    const { kind, text } = tokens[at]!;
    if (kind !== 'word' || text.startsWith(MARK) || edits.isReplaced(at) || isOperator(tokens[at + 1], '(')) return;
    edits.replace(at, MARK + text);
  }

  function assignments(from: number): void {
    let starts = true;
    for (let i = from; i < tokens.length && !isWord(tokens[i], 'WHEN'); i += 1) {
      if (isOperator(tokens[i], '(', '[', '{')) i = closing(tokens, i);
      else if (isWord(tokens[i], 'CASE')) i = endOfCase(i);
      else if (starts) {
        mark(i);
        starts = isOperator(tokens[i + 1], '.');
        if (starts) i += 1;
      } else starts = isOperator(tokens[i], ',');
    }
  }

  function columns(open: number): void {
    const end = closing(tokens, open);
    for (let i = open + 1; i < end; i += 1) mark(i);
  }

  function endOfCase(from: number): number {
    let depth = 0;
    for (let i = from; i < tokens.length; i += 1) {
      if (isWord(tokens[i], 'CASE')) depth += 1;
      else if (isWord(tokens[i], 'END')) depth -= 1;
      if (depth === 0) return i;
    }
    return tokens.length;
  }
};
