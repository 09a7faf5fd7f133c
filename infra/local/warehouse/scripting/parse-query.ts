import type { Token } from '../sql/token.ts';
import type { Fragment, Query } from './ast.ts';
import type { Reader } from './reader.ts';

/** Reads a SQL statement of a block, or EXECUTE IMMEDIATE; `INTO :a, :b` is taken out of it. */
export const parseQuery = (reader: Reader): Query => {
  if (reader.accept('EXECUTE', 'IMMEDIATE')) {
    const text = reader.until('USING', 'INTO', ';');
    const using = reader.accept('USING') ? reader.items() : [];
    return { dynamic: true, text, using, into: reader.accept('INTO') ? reader.variables() : [] };
  }
  return withoutInto(reader.until(';'));
};

const takesInto = ({ tokens }: Fragment): boolean => ['SELECT', 'WITH', 'CALL'].includes(tokens[0]!.value);

const withoutInto = (sql: Fragment): Query => {
  if (!takesInto(sql)) return { dynamic: false, sql, into: [] };
  const { tokens } = sql;
  let depth = 0;
  const at = tokens.findIndex((token, i) => {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    return depth === 0 && token.kind === 'word' && token.value === 'INTO' && isVariable(tokens[i + 1]);
  });
  if (at < 0) return { dynamic: false, sql, into: [] };
  const into: string[] = [];
  let after = at + 1;
  for (; isVariable(tokens[after]); after += 1) {
    into.push(tokens[after]!.value);
    if (tokens[after + 1]?.text !== ',') {
      after += 1;
      break;
    }
    after += 1;
  }
  return { dynamic: false, sql: cut(sql, tokens[at]!, tokens[after]!, at, after), into };
};

const isVariable = (token: Token | undefined): boolean =>
  token !== undefined && ['bind', 'word', 'quoted'].includes(token.kind);

/** The fragment without what lies between two tokens, blanked out so that places stay. */
const cut = ({ text, tokens }: Fragment, from: Token, to: Token, first: number, last: number): Fragment => {
  const start = tokens[0]!.start;
  const blank = text.slice(from.start - start, to.start - start).replaceAll(/[^\n]/g, ' ');
  return {
    text: text.slice(0, from.start - start) + blank + text.slice(to.start - start),
    tokens: [...tokens.slice(0, first), ...tokens.slice(last)],
  };
};
