import type { Names, Translated } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import type { Token } from '../../sql/token.ts';
import { Compiler } from '../compiler.ts';
import { translateFrom } from '../from.ts';
import { parse } from '../parse.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { tableName } from '../sources.ts';
import { nodeAt } from '../tree.ts';
import type { Node } from '../tree.ts';
import { assigned } from './fit.ts';
import { both, readsOf, targetColumn, targetNamed, targetSource } from './target.ts';
import { unexpectedKind } from './unexpected-kind.ts';
import { updateStatements } from './update-statements.ts';

/** UPDATE, with FROM and joins. */
export const translateUpdate = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const prepared = prepare(tokens, sql, names);
  const compiler = new Compiler(prepared, names);
  const parts = unexpectedKind(parse(prepared), 'update');
  const table = nodeAt(parts, 'table')!;
  const target = targetNamed(tableName(table, compiler), names);
  const alias = table['alias'] ? compiler.identifier(table['alias']) : undefined;
  const scope = new Scope();
  const duckAlias = scope.alias(alias ?? target.name);
  const { own, seen } = targetSource(target, alias, duckAlias, compiler);
  const from = translateFrom(parts, compiler, scope, 'from_clause', 'from_joins');
  scope.sources.unshift(own);
  const set = ((parts['set'] ?? []) as [unknown, Node][]).map(([left, value]) => {
    const name = compiler.identifier(lastPart(left));
    return {
      column: quoteIdentifier(name),
      value: assigned(value, targetColumn(target, name), compiler, scope),
    };
  });
  const where = nodeAt(parts, 'where_clause');
  const condition = both(seen, where ? from.filter(nodeAt(where, 'this')!) : '');
  const steps = updateStatements({
    target: target.write,
    targetColumns: target.columns,
    alias: duckAlias,
    from: from.render(),
    condition,
    set,
  });
  return {
    kind: 'update',
    statements: steps.map((step) => step.sql),
    counts: steps.map((step) => step.counts),
    reads: readsOf(compiler),
    writes: [target],
  };
};

/** The column of an assignment's left side, which the parser gives as `alias.column` in one. */
const lastPart = (left: unknown): unknown => {
  const { name, quoted } = left as { name: string; quoted: boolean };
  return quoted ? left : { name: name.slice(name.lastIndexOf('.') + 1), quoted };
};
