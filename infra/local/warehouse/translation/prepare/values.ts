import type { Names } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { tokenize } from '../../sql/lexer.ts';
import { isOperator, isWord } from './edits.ts';
import type { Edits } from './edits.ts';
import { MARK } from './functions.ts';

/** Puts numbered stand-ins in the place of strings, binds and variables, so that no escape or quote is read twice. */
export const replaceValues = (edits: Edits, names: Names, string: (value: string) => string): void => {
  let binds = 0;
  edits.tokens.forEach((token, i) => {
    if (edits.isReplaced(i)) return;
    if (token.kind === 'string' && /^\$\$|^'/.test(token.text)) edits.replace(i, `'${string(token.value)}'`);
    else if (token.kind === 'bind') edits.replace(i, `${MARK}BIND(${bindNumber(token.value)})`);
    else if (token.kind === 'variable' && !isOperator(edits.tokens[i - 1], '.'))
      edits.replace(i, variable(token.value, i));
  });

  function bindNumber(value: string): number {
    if (value === '?') return (binds += 1);
    if (/^\d+$/.test(value)) return Number(value);
    throw new SnowflakeError(
      '002211',
      '42601',
      `SQL compilation error:\nBind variable :${value.toLowerCase()} not set.`,
    );
  }

  function variable(name: string, at: number): string {
    if (/^\d+$/.test(name)) return `"$${name}"`;
    const literal = names.variable(name);
    if (literal === undefined)
      throw new SnowflakeError(
        '002211',
        '02000',
        `SQL compilation error: error line ${edits.tokens[at]!.line} at position ${edits.tokens[at]!.position}\nSession variable '$${name}' does not exist`,
      );
    const inIdentifier = isWord(edits.tokens[at - 2], 'IDENTIFIER', 'TABLE') && isOperator(edits.tokens[at - 1], '(');
    const text = tokenize(literal)
      .map((token, i, all) => {
        if (token.kind === 'string') return `'${string(token.value)}'`;
        return isOperator(all[i + 1], '(') ? `${MARK}${token.text}` : token.text;
      })
      .join('');
    return inIdentifier || !text.startsWith('-') ? text : `(${text})`;
  }
};
