import { parseColumnType } from '../catalog/column-types.ts';
import type { Declaration, NestedProcedure } from './ast.ts';
import type { Reader } from './reader.ts';
import { parseTable } from './returned-table.ts';

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
  if (reader.accept('PROCEDURE')) return { kind: 'procedure', name, procedure: nestedProcedure(reader) };
  const type = reader.at(':=') || reader.at('DEFAULT') || reader.at(';') ? undefined : parseColumnType(reader);
  return { kind: 'variable', name, type, value: assignment(reader) ? reader.until(';') : undefined };
};

const nestedProcedure = (reader: Reader): NestedProcedure => {
  const parameters = reader.list(() => ({ name: reader.identifier(), type: parseColumnType(reader) }));
  reader.expect('RETURNS');
  const returns = reader.accept('TABLE') ? undefined : parseColumnType(reader);
  const table = returns === undefined ? parseTable(reader) : [];
  reader.accept('NOT', 'NULL');
  reader.accept('LANGUAGE', 'SQL');
  reader.expect('AS');
  return { parameters, returns, table, block: reader.nested.block(reader) };
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
