import { fragment, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import { all, any, col, isIn, type Scalar } from './kinds/arguments.ts';

const TOKEN =
  /\s*(?:(?<number>[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<tick>`[^`]+`)|(?<word>[A-Za-z_][\w$]*)|(?<sign>==|!=|<>|<=|>=|&&|\|\||[<>=()[\],.&|~!]))/y;

interface Token {
  readonly is: 'number' | 'text' | 'tick' | 'word' | 'sign';
  readonly text: string;
  readonly at: number;
}

const OPERATORS: Readonly<Record<string, string>> = {
  '==': '=',
  '=': '=',
  '!=': '<>',
  '<>': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/**
 * A condition that compares columns with values: col("a") > 5, a == 'x' and b.notnull(), a in (1, 2), a is not null; anything else is
 * refused with its place. Values become binds.
 * @example parseCondition('col("A") > 5').text // 't."A" > ?'
 */
export const parseCondition = (text: string): Fragment => {
  const tokens = tokensOf(text);
  let at = 0;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const isNext = (...texts: string[]): boolean => {
    const token = peek();
    return token !== undefined && token.is !== 'text' && texts.includes(token.text.toLowerCase());
  };
  const take = (...texts: string[]): boolean => isNext(...texts) && ++at > 0;
  const refuse = (wanted: string): never => {
    const token = peek();
    throw new RangeError(`expected ${wanted} ${token ? `at character ${token.at + 1}: ${token.text}` : 'at its end'}`);
  };
  const need = (sign: string): void => {
    if (!take(sign)) refuse(sign);
  };

  const either = (): Fragment => {
    const parts = [both()];
    while (take('or', '|', '||')) parts.push(both());
    return any(parts);
  };
  const both = (): Fragment => {
    const parts = [negated()];
    while (take('and', '&', '&&')) parts.push(negated());
    return all(...parts);
  };
  const negated = (): Fragment => {
    if (take('not', '~', '!')) return fragment`not (${negated()})`;
    if (!take('(')) return comparison();
    const inner = either();
    need(')');
    return fragment`(${inner})`;
  };
  const comparison = (): Fragment => {
    const column = columnOf();
    if (take('.')) return method(column);
    if (take('is')) {
      const not = take('not');
      if (!take('null', 'none')) refuse('NULL');
      return fragment`${column} is ${trusted(not ? 'not null' : 'null')}`;
    }
    const not = take('not');
    if (take('in')) return fragment`${trusted(not ? 'not ' : '')}${isIn(column, listOf())}`;
    const operator = OPERATORS[peek()?.text ?? ''];
    if (not || operator === undefined) return refuse('a comparison');
    at += 1;
    return fragment`${column} ${trusted(operator)} ${valueOf()}`;
  };
  const method = (column: Fragment): Fragment => {
    const isNull = isNext('isnull', 'isna');
    if (!take('notnull', 'notna', 'isnull', 'isna')) {
      if (!take('isin')) refuse('notnull(), isnull() or isin()');
      need('(');
      const set = listOf();
      need(')');
      return isIn(column, set);
    }
    need('(');
    need(')');
    return fragment`${column} is ${trusted(isNull ? 'null' : 'not null')}`;
  };
  const columnOf = (): Fragment => {
    if (peek()?.text.toLowerCase() === 'col' && peek(1)?.text === '(') {
      at += 2;
      const name = peek();
      if (name?.is !== 'text') return refuse("a column's name in quotes");
      at += 1;
      need(')');
      return col(unquoted(name.text));
    }
    const token = peek();
    if (token?.is !== 'word' && token?.is !== 'tick') return refuse('a column');
    at += 1;
    return col(token.is === 'tick' ? token.text.slice(1, -1) : token.text);
  };
  const valueOf = (): Scalar => {
    if (isNext('date') && peek(1)?.text === '(') {
      at += 2;
      const value = valueOf();
      need(')');
      return value;
    }
    const token = peek();
    if (token?.is === 'number' || token?.is === 'text') {
      at += 1;
      return token.is === 'number' ? Number(token.text) : unquoted(token.text);
    }
    if (isNext('true', 'false')) return tokens[at++]!.text.toLowerCase() === 'true';
    return refuse('a value');
  };
  const listOf = (): Scalar[] => {
    if (!take('(', '[')) refuse('a list');
    const values = [valueOf()];
    while (take(',')) values.push(valueOf());
    if (!take(')', ']')) refuse(')');
    return values;
  };

  const whole = either();
  if (peek()) refuse('nothing more');
  return whole;
};

const unquoted = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1');

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups) throw new RangeError(`can not be read at character ${from + 1}: ${text.slice(from, from + 20)}`);
    const [is, found] = Object.entries(groups).find(([, value]) => value !== undefined) as [Token['is'], string];
    tokens.push({ is, text: found, at: TOKEN.lastIndex - found.length });
  }
  return tokens;
};
