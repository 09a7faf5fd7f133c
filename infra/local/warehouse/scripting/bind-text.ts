import type { Value } from '../contract.ts';
import { literal } from '../session/literal.ts';
import { quoteSnowflakeString } from '../sql/string-literal.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Token } from '../sql/token.ts';
import type { Fragment } from './ast.ts';
import { jobStatus } from './jobs.ts';
import { unknownName, type Scope } from './scope.ts';
import { spreadText } from './spread.ts';
import { boundText, type TypedValue } from './value.ts';

/** SQL in which every variable has become a `?`, with the values in their order. */
export interface Bound {
  readonly text: string;
  readonly values: readonly Value[];
}

/** Finds what a name stands for; the specials (SQLROWCOUNT and its kin) included. */
export type Lookup = (name: string, field: string | undefined) => TypedValue | undefined;

/** Binds the variables of an expression: bare names count, except in its subqueries, where columns come first and variables need a colon. */
export const bindExpression = (fragment: Fragment, scope: Scope, lookup: Lookup): Bound =>
  rewrite(fragment, scope, lookup, true, 0);

/** Binds the variables of a statement, written `:name`; what takes no binds gets literals. */
export const bindStatement = (fragment: Fragment, scope: Scope, lookup: Lookup): Bound =>
  rewrite(fragment, scope, lookup, false, firstBind(fragment));

const BINDING = new Set(['SELECT', 'WITH', 'VALUES', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'CALL', '(']);

/** Puts values in the place of the `?` and `:1` of a statement that takes no binds; undefined for one that does. */
export const withLiterals = (text: string, values: readonly Value[]): string | undefined => {
  const tokens = tokenize(text);
  if (values.length === 0 || firstBind({ text, tokens }) < Infinity) return undefined;
  let anonymous = 0;
  let from = 0;
  let written = '';
  for (const token of tokens) {
    if (token.kind !== 'bind') continue;
    const value = values[token.value === '?' ? anonymous++ : Number(token.value) - 1];
    if (value === undefined) return undefined;
    written += text.slice(from, token.start) + asLiteral(value);
    from = token.end;
  }
  return written + text.slice(from);
};

/** Where binds begin to be taken: from the start, in the query of CREATE TABLE ... AS, or nowhere. */
const firstBind = ({ tokens }: Fragment): number => {
  if (BINDING.has(tokens[0]!.value)) return 0;
  const query = tokens.findIndex(
    ({ value }, i) => value === 'AS' && (QUERY.has(tokens[i + 1]?.value ?? '') || tokens[i + 1]?.text === '('),
  );
  const isTable = tokens[0]!.value === 'CREATE' && tokens.slice(0, 6).some(({ value }) => value === 'TABLE');
  return isTable && query > 0 ? query : Infinity;
};

const QUERY = new Set(['SELECT', 'WITH', 'VALUES']);

const rewrite = (
  { text, tokens }: Fragment,
  scope: Scope,
  lookup: Lookup,
  bareNames: boolean,
  bindsFrom: number,
): Bound => {
  const start = tokens[0]!.start;
  const values: Value[] = [];
  const inSubquery: boolean[] = [];
  let written = '';
  let from = start;

  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    if (token.text === '(')
      inSubquery.push(inSubquery.at(-1) === true || ['SELECT', 'WITH'].includes(tokens[i + 1]?.value ?? ''));
    if (token.text === ')') inSubquery.pop();
    if (token.value === 'SYSTEM$GET_RESULTSET_STATUS' && tokens[i + 3]?.text === ')') {
      written += `${text.slice(from - start, token.start - start)}'${jobStatus(scope, tokens[i + 2]!.value)}'`;
      from = tokens[i + 3]!.end;
      i += 3;
      continue;
    }
    const bare = bareNames && inSubquery.at(-1) !== true && isBareName(tokens, i);
    if (token.kind !== 'bind' && !bare) continue;
    const field = tokens[i + 1]?.text === '.' && scope.find(token.value)?.kind === 'row' ? tokens[i + 2] : undefined;
    const resultId = inTable(tokens, i) ? resultOf(scope, token.value) : undefined;
    const value = resultId === undefined ? lookup(token.value, field?.value) : undefined;
    if (value === undefined && resultId === undefined) {
      if (bare || /^\d+$/.test(token.value) || token.value === '?') continue;
      throw unknownName(token.value);
    }
    const last = field ?? token;
    const spread = tokens[i - 1]?.text === '**' && value?.type === 'array';
    written += text.slice(from - start, (spread ? tokens[i - 1]! : token).start - start);
    if (spread) written += spreadText(value);
    else
      written += resultId === undefined ? place(value!, tokens, i) : `RESULT_SCAN(${quoteSnowflakeString(resultId)})`;
    from = last.end;
    if (field) i += 2;
  }
  return { text: written + text.slice(from - start), values };

  function place(value: TypedValue, around: readonly Token[], at: number): string {
    const before = around[at - 1]?.value;
    if (isObjectName(around, at)) return quoteSnowflakeString(value.text ?? '');
    if (at < bindsFrom || before === 'LIMIT' || before === 'OFFSET' || before === 'TOP' || before === 'FETCH')
      return asLiteral(value);
    values.push(value);
    return boundText(value);
  }
};

const asLiteral = (value: Value): string =>
  value.text === null || !['text', 'variant', 'object', 'array', 'binary'].includes(value.type)
    ? literal(value)
    : quoteSnowflakeString(value.text);

const isBareName = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]!;
  if (token.kind !== 'word' && token.kind !== 'quoted') return false;
  const after = tokens[at + 1]?.text;
  const before = tokens[at - 1];
  return (
    after !== '(' &&
    after !== '=>' &&
    before?.text !== '.' &&
    !(before?.text === ':' && before.end === token.start) &&
    before?.text !== '::'
  );
};

const inTable = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === '(' && tokens[at - 2]?.value === 'TABLE' && tokens[at + 1]?.text === ')';

const resultOf = (scope: Scope, name: string): string | undefined => {
  const found = scope.find(name);
  return found?.kind === 'resultset' ? found.result?.queryId : undefined;
};

/** Puts the values of USING in the place of the `?` of a text; those that are names of objects are written into it. */
export const bindPositional = (text: string, given: readonly TypedValue[]): Bound => {
  const tokens = tokenize(text);
  const values: Value[] = [];
  let written = '';
  let from = 0;
  let used = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'bind' || token.value !== '?') continue;
    const value = given[used];
    if (value === undefined) break;
    used += 1;
    written += text.slice(from, token.start);
    if (isObjectName(tokens, i)) written += quoteSnowflakeString(value.text ?? '');
    else {
      written += boundText(value);
      values.push(value);
    }
    from = token.end;
  }
  return { text: written + text.slice(from), values };
};

const isObjectName = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.text === '(' && tokens[at - 2]?.value === 'IDENTIFIER';
