import { closing, isOperator } from './edits.ts';
import type { Edits } from './edits.ts';
import type { Token } from '../../sql/token.ts';

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted';

/** `a:b.c[0]."d"` becomes `a['b']['c'][0]['d']`, since the parser's own reading of paths loses which dots are part of a key. */
export const rewritePaths = (edits: Edits, string: (value: string) => string): void => {
  const { tokens } = edits;
  const braces: string[] = [];
  scan(0, tokens.length);

  function scan(from: number, to: number): void {
    for (let i = from; i < to; i += 1) {
      const token = tokens[i]!;
      if (isOperator(token, '(', '[', '{')) braces.push(token.text);
      else if (isOperator(token, ')', ']', '}')) braces.pop();
      else if (isOperator(token, ':') && isName(tokens[i + 1]) && !isObjectKey(i)) i = path(i);
      else if (isOperator(token, ':') && tokens[i + 1]?.kind === 'string' && !isObjectKey(i)) i = path(i);
      else if (isOperator(token, '.') && isOperator(tokens[i - 1], ']') && isName(tokens[i + 1])) i = path(i);
    }
  }

  function isObjectKey(colon: number): boolean {
    return braces.at(-1) === '{' && tokens[colon - 1]?.kind === 'string' && isOperator(tokens[colon - 2], '{', ',');
  }

  function path(colon: number): number {
    let at = colon;
    for (;;) {
      if (
        isOperator(tokens[at], ':', '.') &&
        (isName(tokens[at + 1]) || (at === colon && tokens[at + 1]?.kind === 'string'))
      ) {
        const name = tokens[at + 1]!;
        edits.replace(at, `['${string(name.kind === 'word' ? name.text : name.value)}']`, at + 1);
        at += 2;
      } else if (isOperator(tokens[at], '[')) {
        const end = closing(tokens, at) + 1;
        scan(at, end);
        at = end;
      } else return at - 1;
    }
  }
};
