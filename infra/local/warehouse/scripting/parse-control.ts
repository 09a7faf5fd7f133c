import type { Action, Branch, Fragment } from './ast.ts';
import type { Reader } from './reader.ts';

/** Reads IF ... END IF. */
export const parseIf = (reader: Reader): Action => {
  reader.expect('IF');
  const branches: Branch[] = [];
  do {
    const condition = reader.until('THEN');
    reader.expect('THEN');
    branches.push({ condition, body: reader.nested.statements(reader, 'ELSEIF', 'ELSE', 'END') });
  } while (reader.accept('ELSEIF'));
  const otherwise = reader.accept('ELSE') ? reader.nested.statements(reader, 'END') : [];
  reader.expect('END', 'IF');
  return { kind: 'if', branches, otherwise };
};

/** Reads CASE ... END [CASE], with or without a subject. */
export const parseCase = (reader: Reader): Action => {
  reader.expect('CASE');
  const subject = reader.at('WHEN') ? undefined : reader.until('WHEN');
  const branches: Branch[] = [];
  while (reader.accept('WHEN')) {
    const condition = reader.until('THEN');
    reader.expect('THEN');
    branches.push({ condition, body: reader.nested.statements(reader, 'WHEN', 'ELSE', 'END') });
  }
  const otherwise = reader.accept('ELSE') ? reader.nested.statements(reader, 'END') : undefined;
  reader.expect('END');
  reader.accept('CASE');
  return { kind: 'case', subject, branches, otherwise };
};

/** Reads FOR over a range, a cursor, a RESULTSET or a query. */
export const parseFor = (reader: Reader): Action => {
  reader.expect('FOR');
  const name = reader.identifier();
  reader.expect('IN');
  const reverse = reader.accept('REVERSE');
  const source: Fragment = reader.until('TO', 'DO', 'LOOP');
  const to = reader.accept('TO') ? reader.until('DO', 'LOOP') : undefined;
  const { body, label } = loopBody(reader, 'FOR');
  return to === undefined
    ? { kind: 'each', name, source, body, label }
    : { kind: 'range', name, reverse, from: source, to, body, label };
};

/** Reads WHILE ... DO ... END WHILE. */
export const parseWhile = (reader: Reader): Action => {
  reader.expect('WHILE');
  const condition = reader.until('DO', 'LOOP');
  return { kind: 'while', condition, ...loopBody(reader, 'WHILE') };
};

/** Reads REPEAT ... UNTIL (...) END REPEAT. */
export const parseRepeat = (reader: Reader): Action => {
  reader.expect('REPEAT');
  const body = reader.nested.statements(reader, 'UNTIL');
  reader.expect('UNTIL');
  const until = reader.until('END');
  reader.expect('END', 'REPEAT');
  return { kind: 'repeat', body, until, label: label(reader) };
};

/** Reads LOOP ... END LOOP. */
export const parseLoop = (reader: Reader): Action => {
  reader.expect('LOOP');
  const body = reader.nested.statements(reader, 'END');
  reader.expect('END', 'LOOP');
  return { kind: 'loop', body, label: label(reader) };
};

const loopBody = (reader: Reader, word: string) => {
  const opened = reader.accept('DO') ? word : 'LOOP';
  if (opened === 'LOOP') reader.expect('LOOP');
  const body = reader.nested.statements(reader, 'END');
  reader.expect('END', opened);
  return { body, label: label(reader) };
};

const label = (reader: Reader): string | undefined => (reader.at(';') ? undefined : reader.identifier());
