import type { Names, Translated } from '../../contract.ts';
import { Cursor } from '../../sql/cursor.ts';
import type { Token } from '../../sql/token.ts';
import { Compiler } from '../compiler.ts';
import { translateFrom } from '../from.ts';
import { parse } from '../parse.ts';
import { isOperator, isWord } from '../prepare/edits.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { nodeAt, nodesAt } from '../tree.ts';
import { both, readsOf, targetNamed, targetSource } from './target.ts';
import { unexpectedKind } from './unexpected-kind.ts';

/** DELETE, with USING. */
export const translateDelete = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const cursor = new Cursor(tokens);
  cursor.expect('DELETE', 'FROM');
  const target = targetNamed(cursor.name(), names);
  cursor.accept('AS');
  const alias = cursor.at('WHERE') || cursor.at('USING') || cursor.atEnd ? undefined : cursor.identifier();
  const using = cursor.accept('USING');
  const rest = cursor.rest();
  // The parser reads only names after USING; as a SELECT's FROM it reads everything.
  const prepared = prepare(using ? rest : skipWhere(rest), sql, names, using ? 'SELECT 1 FROM' : 'SELECT 1');
  const compiler = new Compiler(prepared, names);
  const parts = unexpectedKind(parse(prepared), 'select');
  const scope = new Scope();
  const duckAlias = scope.alias(alias ?? target.name);
  const { own, seen } = targetSource(target, alias, duckAlias, compiler);
  const from = translateFrom(parts, compiler, scope);
  scope.sources.unshift(own);
  const where = nodeAt(parts, 'where_clause');
  const condition = both(seen, where ? from.filter(nodeAt(where, 'this')!) : '');
  const usingText = using && nodesAt(parts, 'expressions') ? from.render() : '';
  return {
    kind: 'delete',
    statements: [
      `DELETE FROM ${target.write} AS ${duckAlias}${usingText && ` USING ${usingText}`}${condition && ` WHERE ${condition}`}`,
    ],
    reads: readsOf(compiler),
    writes: [target],
  };
};

/** Without USING, only WHERE may follow. */
const skipWhere = (rest: readonly Token[]): readonly Token[] => {
  if (!isWord(rest[0], 'WHERE') && rest[0]?.kind !== 'end' && !isOperator(rest[0], ';'))
    new Cursor(rest).expect('WHERE');
  return rest;
};
