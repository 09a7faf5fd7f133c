import { parseColumnType } from '../catalog/column-types.ts';
import type { Declaration } from './ast.ts';
import type { Reader } from './reader.ts';

/** Reads one declaration of DECLARE or LET, without its semicolon. */
export const parseDeclaration = (reader: Reader): Declaration => {
  const name = reader.identifier();
  if (reader.accept('CURSOR')) {
    reader.expect('FOR');
    return { kind: 'cursor', name, source: reader.until(';') };
  }
  if (reader.accept('RESULTSET')) {
    return { kind: 'resultset', name, query: assignment(reader) ? reader.until(';') : undefined };
  }
  if (reader.accept('EXCEPTION')) {
    const [code = -20000, message = ''] = reader.at('(') ? numberAndText(reader) : [];
    return { kind: 'exception', name, code, message };
  }
  const type = reader.at(':=') || reader.at('DEFAULT') || reader.at(';') ? undefined : parseColumnType(reader);
  return { kind: 'variable', name, type, value: assignment(reader) ? reader.until(';') : undefined };
};

const assignment = (reader: Reader): boolean => reader.accept(':=') || reader.accept('DEFAULT');

const numberAndText = (reader: Reader): [number, string] => {
  reader.expect('(');
  const code = reader.number();
  reader.expect(',');
  const message = reader.string();
  reader.expect(')');
  return [code, message];
};
