import type { Names, RowChange, Translated } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import type { Token } from '../../sql/token.ts';
import { as } from '../coerce.ts';
import { Compiler } from '../compiler.ts';
import { unsupported } from '../failures.ts';
import { parse } from '../parse.ts';
import { isWord } from '../prepare/edits.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { tableName } from '../sources.ts';
import { nodeAt, nodesAt, partsOf } from '../tree.ts';
import type { Node, Parts } from '../tree.ts';
import { BOOLEAN } from '../types.ts';
import { fit, isDefault } from './fit.ts';
import { readsOf, targetColumn, targetNamed } from './target.ts';
import type { Target } from './target.ts';
import { unexpectedKind } from './unexpected-kind.ts';

const SOURCE = '_sf_multi';

/** INSERT ALL and INSERT FIRST: the query runs once, then each INTO takes its rows from it. */
export const translateMultiInsert = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const into = tokens.findIndex((token) => isWord(token, 'FIRST')) + 1;
  if (into > 0 && into < 4 && isWord(tokens[into], 'INTO')) throw unexpected(tokens[into]!);
  const prepared = prepare(tokens, sql, names);
  const compiler = new Compiler(prepared, names);
  const parts = unexpectedKind(parse(prepared), 'multitable_inserts');
  const query = compiler.query(nodeAt(parts, 'source')!, new Scope());
  const scope = new Scope();
  scope.sources.push({
    parts: [],
    columns: query.columns.map(({ name, duckName, type }) => ({
      name,
      sql: `${SOURCE}.${quoteIdentifier(duckName)}`,
      type,
    })),
  });
  const first = String(parts['kind']).toUpperCase() === 'FIRST';
  const overwrite = parts['overwrite'] === true || tokens[1]!.value === 'OVERWRITE';
  const targets: Target[] = [];
  const earlier: string[] = [];
  let condition: string | undefined;
  const inserts = nodesAt(parts, 'expressions').map((node) => {
    const clause = partsOf(node);
    const test = nodeAt(clause, 'expression');
    if (test) condition = guarded(as(compiler.expression(test, scope), BOOLEAN));
    else if (clause['else_']) condition = `NOT coalesce(${earlier.join(' OR ')}, FALSE)`;
    return insertInto(partsOf(nodeAt(clause, 'this')!), condition);
  });
  const before = [
    `CREATE OR REPLACE TEMP TABLE ${SOURCE} AS ${query.sql}`,
    ...(overwrite ? new Set(targets.map((target) => `DELETE FROM ${target.write}`)) : []),
  ];
  return {
    kind: 'multi-insert',
    statements: [...before, ...inserts],
    counts: [
      ...before.map(() => undefined),
      ...targets.map(({ name }): RowChange => ({ did: 'inserted', table: name })),
    ],
    reads: readsOf(compiler),
    writes: targets,
  };

  function guarded(test: string): string {
    const before = first && earlier.length > 0 ? ` AND NOT coalesce(${earlier.join(' OR ')}, FALSE)` : '';
    earlier.push(`coalesce(${test}, FALSE)`);
    return `${test}${before}`;
  }

  function insertInto(insert: Parts, where: string | undefined): string {
    const target = targetNamed(tableName(nodeAt(insert, 'table')!, compiler), names);
    targets.push(target);
    const listed = nodesAt(insert, 'columns').map((column) => targetColumn(target, compiler.identifier(column)));
    const columns = listed.length > 0 ? listed : target.columns;
    const [row] = (insert['values'] ?? []) as Node[][];
    const width = row?.length ?? query.columns.length;
    if (width !== columns.length)
      throw new SnowflakeError(
        '002020',
        '21S01',
        `SQL compilation error:\nInsert value list does not match column list expecting ${columns.length} but got ${width}`,
      );
    // What is left out of the list gets its default, for which a SELECT has no word.
    const given = columns.flatMap((column, i) => {
      const node = row?.[i];
      if (node && isDefault(node)) return [];
      const value = node ? compiler.expression(node, scope) : scope.sources[0]!.columns[i]!;
      return [{ name: quoteIdentifier(column.name), value: fit(value, column) }];
    });
    if (given.length === 0) throw unsupported('INTO with nothing but DEFAULT');
    const list = given.map(({ name }) => name).join(', ');
    const values = given.map(({ value }) => value);
    return `INSERT INTO ${target.write} (${list}) SELECT ${values.join(', ')} FROM ${SOURCE}${where ? ` WHERE ${where}` : ''}`;
  }
};
