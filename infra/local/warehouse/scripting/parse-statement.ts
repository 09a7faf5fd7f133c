import type { Action } from './ast.ts';
import { parseCase, parseFor, parseIf, parseLoop, parseRepeat, parseWhile } from './parse-control.ts';
import { parseDeclaration } from './parse-declaration.ts';
import { parseQuery } from './parse-query.ts';
import type { Reader } from './reader.ts';

/** Reads one statement of a block, without its semicolon. */
export const parseStatement = (reader: Reader): Action => {
  const word = reader.peek();
  const next = reader.peek(1);
  if ((word.kind === 'word' || word.kind === 'quoted') && word.text.toUpperCase() !== 'LET' && next.text === ':=') {
    const name = reader.identifier();
    reader.expect(':=');
    return { kind: 'assign', name, value: reader.until(';') };
  }
  if (word.kind === 'bind' && next.text === ':=') {
    reader.next();
    reader.expect(':=');
    return { kind: 'assign', name: word.value, value: reader.until(';') };
  }
  return (
    (word.kind === 'word' ? STATEMENTS[word.value]?.(reader) : undefined) ?? {
      kind: 'execute',
      query: parseQuery(reader),
    }
  );
};

const TRANSACTION = ['TRANSACTION', 'WORK', 'NAME'];

const STATEMENTS: Readonly<Record<string, (reader: Reader) => Action | undefined>> = {
  DECLARE: (reader) => ({ kind: 'block', block: reader.nested.block(reader) }),
  BEGIN: (reader) => {
    const { text, value } = reader.peek(1);
    return text === ';' || TRANSACTION.includes(value)
      ? undefined
      : { kind: 'block', block: reader.nested.block(reader) };
  },
  LET: (reader) => {
    reader.next();
    return { kind: 'let', declaration: parseDeclaration(reader) };
  },
  IF: parseIf,
  CASE: parseCase,
  FOR: parseFor,
  WHILE: parseWhile,
  REPEAT: parseRepeat,
  LOOP: parseLoop,
  BREAK: jump('break'),
  EXIT: jump('break'),
  CONTINUE: jump('continue'),
  ITERATE: jump('continue'),
  OPEN: (reader) => {
    reader.next();
    const cursor = reader.identifier();
    return { kind: 'open', cursor, using: reader.accept('USING') ? reader.items() : [] };
  },
  FETCH: (reader) => {
    reader.next();
    const cursor = reader.identifier();
    reader.expect('INTO');
    return { kind: 'fetch', cursor, into: reader.variables() };
  },
  CLOSE: (reader) => {
    reader.next();
    return { kind: 'close', cursor: reader.identifier() };
  },
  RETURN: (reader) => {
    reader.next();
    if (reader.at(';')) return { kind: 'return', value: undefined };
    if (!reader.at('TABLE', '(')) return { kind: 'return', value: reader.until(';') };
    reader.next();
    return { kind: 'return-table', source: reader.inParentheses() };
  },
  RAISE: (reader) => {
    reader.next();
    return { kind: 'raise', name: reader.at(';') ? undefined : reader.identifier() };
  },
  NULL: (reader) => {
    reader.next();
    return { kind: 'nothing' };
  },
  ASYNC: (reader) => {
    reader.next();
    return { kind: 'async', query: { dynamic: false, sql: reader.inParentheses(), into: [] } };
  },
  AWAIT: (reader) => {
    reader.next();
    return { kind: 'await', name: reader.accept('ALL') ? undefined : reader.identifier() };
  },
  CANCEL: (reader) => {
    reader.next();
    return { kind: 'cancel', name: reader.identifier() };
  },
};

function jump(kind: 'break' | 'continue') {
  return (reader: Reader): Action => {
    reader.next();
    return { kind, label: reader.at(';') ? undefined : reader.identifier() };
  };
}
