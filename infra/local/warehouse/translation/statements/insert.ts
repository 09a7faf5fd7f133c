import type { Names, Translated } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { Cursor } from '../../sql/cursor.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import type { Token } from '../../sql/token.ts';
import { Compiler } from '../compiler.ts';
import type { Query } from '../context.ts';
import { compilationError } from '../failures.ts';
import { parse } from '../parse.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { fit } from './fit.ts';
import { readsOf, targetColumn, targetNamed } from './target.ts';
import type { Target } from './target.ts';
import { valuesRows } from './values-rows.ts';

/** INSERT [OVERWRITE] INTO: the column list is always explicit in the translation, values fit their columns. */
export const translateInsert = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const cursor = new Cursor(tokens);
  cursor.expect('INSERT');
  const overwrite = cursor.accept('OVERWRITE');
  cursor.expect('INTO');
  cursor.accept('TABLE');
  const target = targetNamed(cursor.name(), names);
  const listed = cursor.at('(') && !cursor.at('(', 'SELECT') && !cursor.at('(', 'WITH') && !cursor.at('(', '(');
  const columns = (listed ? cursor.list(() => cursor.identifier()) : target.columns.map((column) => column.name)).map(
    (name) => targetColumn(target, name),
  );
  const twice = columns.find((column, i) => columns.indexOf(column) < i);
  if (twice) throw compilationError('002025', '42S21', `duplicate column name '${twice.name}'`);
  const isValues = cursor.at('VALUES');
  if (!['SELECT', 'WITH', 'VALUES', '('].some((word) => cursor.at(word))) throw unexpected(cursor.peek());
  const rest = cursor.rest();
  const prepared = prepare(rest, sql, names, isValues ? 'SELECT * FROM' : '');
  const compiler = new Compiler(prepared, names);
  const tree = parse(prepared);
  const list = columns.map((column) => quoteIdentifier(column.name)).join(', ');
  const into = `INSERT INTO ${target.write} (${list})`;
  const source = isValues ? valuesSource(tree) : querySource(compiler.query(tree, new Scope()));
  const statements = overwrite ? overwriting(target, source, into, compiler) : [`${into} ${source}`];
  return {
    kind: 'insert',
    statements,
    counts: statements.map((_, i) => (i === statements.length - 1 ? { did: 'inserted' } : undefined)),
    reads: readsOf(compiler),
    writes: [target],
  };

  function valuesSource(tree: Node): string {
    const from = nodeAt(partsOf(tree), 'from');
    const values = from && nodesAt(from, 'expressions')[0];
    if (!values || kindOf(values) !== 'values') throw compilationError('001003', '42000', 'syntax error in VALUES');
    const rows = nodesAt(partsOf(values), 'expressions');
    return valuesRows({ rows, tokens: rest, sql, columns }, compiler, checkWidth);
  }

  function querySource(query: Query): string {
    checkWidth(query.columns.length);
    const values = query.columns.map(({ duckName, type }, i) =>
      fit({ sql: `s.${quoteIdentifier(duckName)}`, type }, columns[i]!),
    );
    const same = query.columns.every(({ duckName }, i) => values[i] === `s.${quoteIdentifier(duckName)}`);
    return same ? query.sql : `SELECT ${values.join(', ')} FROM (${query.sql}) AS s`;
  }

  function checkWidth(width: number): void {
    if (width !== columns.length)
      throw new SnowflakeError(
        '002020',
        '21S01',
        `SQL compilation error:\nInsert value list does not match column list expecting ${columns.length} but got ${width}`,
      );
  }
};

/** What is read must be read before the old rows go, if it is the table itself. */
const overwriting = (target: Target, source: string, into: string, compiler: Compiler): string[] => {
  const readsItself = [...compiler.reads].some(
    (relation) => relation.kind !== 'table' || relation.write === target.write,
  );
  if (!readsItself) return [`DELETE FROM ${target.write}`, `${into} ${source}`];
  return [
    `CREATE OR REPLACE TEMP TABLE _sf_overwrite AS ${source}`,
    `DELETE FROM ${target.write}`,
    `${into} SELECT * FROM _sf_overwrite`,
  ];
};
