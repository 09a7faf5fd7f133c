import { unexpected } from '../sql/syntax-error.ts';
import type { Block, Declaration, Handler, Place, Statement } from './ast.ts';
import { parseDeclaration } from './parse-declaration.ts';
import { parseStatement } from './parse-statement.ts';
import { Reader } from './reader.ts';

/** Reads a whole Scripting block: `[DECLARE ...] BEGIN ... [EXCEPTION ...] END`. */
export const parseScript = (source: string): Block => {
  const reader = new Reader(source, { block: parseBlock, statements: parseStatements });
  const block = parseBlock(reader);
  reader.finish();
  return block;
};

const parseBlock = (reader: Reader): Block => {
  const declarations: (Declaration & Place)[] = [];
  if (reader.accept('DECLARE')) {
    while (!reader.at('BEGIN')) {
      const place = placeOf(reader);
      declarations.push({ ...parseDeclaration(reader), ...place });
      reader.expect(';');
    }
  }
  reader.expect('BEGIN');
  const body = parseStatements(reader, 'EXCEPTION', 'END');
  const handlers: Handler[] = [];
  if (reader.accept('EXCEPTION')) {
    while (reader.at('WHEN')) handlers.push(parseHandler(reader));
    if (handlers.length === 0) throw unexpected(reader.peek());
  }
  reader.expect('END');
  return { declarations, body, handlers };
};

const parseStatements = (reader: Reader, ...ends: readonly string[]): Statement[] => {
  const statements: Statement[] = [];
  while (!ends.some((word) => reader.at(word))) {
    if (reader.atEnd) throw unexpected(reader.peek());
    const place = placeOf(reader);
    statements.push({ ...parseStatement(reader), ...place });
    reader.expect(';');
  }
  if (statements.length === 0) throw unexpected(reader.peek());
  return statements;
};

const parseHandler = (reader: Reader): Handler => {
  reader.expect('WHEN');
  const names = [reader.identifier()];
  while (reader.accept('OR')) names.push(reader.identifier());
  const goesOn = reader.accept('CONTINUE');
  if (!goesOn) reader.accept('EXIT');
  reader.expect('THEN');
  return { names, goesOn, body: parseStatements(reader, 'WHEN', 'END') };
};

const placeOf = (reader: Reader): Place => {
  const { line, position } = reader.peek();
  return { line, position };
};
