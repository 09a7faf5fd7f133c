import { invalid, unsupported } from '../catalog/errors.ts';
import { tokenize } from '../sql/lexer.ts';
import { AGGREGATES } from '../translation/functions/aggregates.ts';
import { WINDOWS } from '../translation/functions/windows.ts';

/** The body as translation reads it, without its last semicolon and a query in parentheses; what would change its meaning there is refused. */
export const checkedBody = (text: string): string => {
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'end');
  while (tokens.at(-1)?.text === ';') tokens.pop();
  const [first] = tokens;
  if (first === undefined) throw invalid('Empty function body.');
  if (tokens.some(({ text }) => text === ';')) throw unsupported('functions of several statements');
  if (tokens.some(({ kind }) => kind === 'bind' || kind === 'variable'))
    throw invalid('Bind variables not allowed in view and UDF definitions.');
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ value }) => value);
  const gathers = tokens.some(
    ({ kind, value }, i) =>
      kind === 'word' &&
      tokens[i + 1]?.text === '(' &&
      (Object.hasOwn(AGGREGATES, value) || Object.hasOwn(WINDOWS, value)),
  );
  // Where no rows are named, an aggregate would count the caller's.
  if (gathers && !words.includes('FROM')) throw unsupported('aggregates of the arguments of a SQL function');
  const body = text.slice(first.start, tokens.at(-1)!.end);
  return ['SELECT', 'WITH'].includes(first.value) && first.kind === 'word' ? `(${body})` : body;
};
