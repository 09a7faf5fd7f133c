import type { Names, Translated } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import type { Token } from '../../sql/token.ts';
import { as } from '../coerce.ts';
import { Compiler } from '../compiler.ts';
import { unsupported } from '../failures.ts';
import { parse } from '../parse.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { sourceItem, tableName } from '../sources.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Node, Parts } from '../tree.ts';
import { BOOLEAN } from '../types.ts';
import { fit } from './fit.ts';
import { readsOf, targetColumn, targetNamed, targetSource } from './target.ts';
import { unexpectedKind } from './unexpected-kind.ts';

interface Branch {
  readonly matched: boolean;
  readonly condition: string | undefined;
  readonly action: 'UPDATE' | 'DELETE' | 'INSERT';
  readonly text: string;
}

/** MERGE; a target row that several source rows would change is an error, found before anything is written. */
export const translateMerge = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const prepared = prepare(tokens, sql, names);
  const compiler = new Compiler(prepared, names);
  const parts = unexpectedKind(parse(prepared), 'merge');
  const into = nodeAt(parts, 'this')!;
  const table = kindOf(into) === 'alias' ? partsOf(nodeAt(partsOf(into), 'this')!) : partsOf(into);
  const aliasPart = kindOf(into) === 'alias' ? partsOf(into)['alias'] : table['alias'];
  const alias = aliasPart ? compiler.identifier(aliasPart) : undefined;
  const target = targetNamed(tableName(table, compiler), names);
  const scope = new Scope();
  const duckAlias = scope.alias(alias ?? target.name);
  const own = targetSource(target, alias, duckAlias);
  const source = sourceItem(nodeAt(parts, 'using')!, compiler, scope);
  const sourceScope = new Scope();
  sourceScope.sources.push(...source.sources);
  scope.sources.push(own, ...source.sources);
  const on = as(compiler.expression(nodeAt(parts, 'on')!, scope), BOOLEAN);
  const branches = whens(parts).map(branch);
  const using = source.render();
  return {
    kind: 'merge',
    statements: [
      ...check(branches.filter((one) => one.matched)),
      `MERGE INTO ${target.write} AS ${duckAlias} USING ${using} ON ${on} ${branches.map((one) => one.text).join(' ')} RETURNING merge_action`,
    ],
    reads: readsOf(compiler),
    writes: [target],
  };

  function branch(when: Parts): Branch {
    const matched = partsOf(nodeAt(when, 'matched')!)['value'] === true;
    const inside = matched ? scope : sourceScope;
    const test = nodeAt(when, 'condition');
    const condition = test && as(compiler.expression(test, inside), BOOLEAN);
    const then = nodeAt(when, 'then')!;
    const [action, first, second] = kindOf(then) === 'tuple' ? nodesAt(partsOf(then), 'expressions') : [then];
    const word = textAt(partsOf(action!), 'this')?.toUpperCase();
    const head = `WHEN ${matched ? '' : 'NOT '}MATCHED${condition ? ` AND ${condition}` : ''} THEN`;
    if (word === 'DELETE' && matched) return { matched, condition, action: 'DELETE', text: `${head} DELETE` };
    if (word === 'UPDATE' && matched && first) return { matched, condition, action: 'UPDATE', text: `${head} UPDATE SET ${assignments(first)}` };
    if (word === 'INSERT' && !matched && first) return { matched, condition, action: 'INSERT', text: `${head} INSERT ${insertion(first, second)}` };
    throw unsupported(`MERGE with ${word ?? 'this'} when ${matched ? '' : 'not '}matched`);
  }

  function assignments(set: Node): string {
    return nodesAt(partsOf(set), 'expressions')
      .map((node) => {
        const left = nodeAt(partsOf(node), 'left')!;
        const name = compiler.identifier(kindOf(left) === 'column' ? partsOf(left)['name'] : partsOf(left));
        return `${quoteIdentifier(name)} = ${fit(compiler.expression(nodeAt(partsOf(node), 'right')!, scope), targetColumn(target, name))}`;
      })
      .join(', ');
  }

  function insertion(first: Node, second: Node | undefined): string {
    const listed = second ? nodesAt(partsOf(first), 'expressions').map((node) => targetColumn(target, compiler.identifier(kindOf(node) === 'column' ? partsOf(node)['name'] : partsOf(node)))) : target.columns;
    const values = nodesAt(partsOf(second ?? first), 'expressions');
    if (values.length !== listed.length)
      throw new SnowflakeError('001063', '42601', `SQL compilation error:\nInsert value list does not match column list expecting ${listed.length} but got ${values.length}`);
    const cells = values.map((node, i) => fit(compiler.expression(node, sourceScope), listed[i]!));
    return `(${listed.map((column) => quoteIdentifier(column.name)).join(', ')}) VALUES (${cells.join(', ')})`;
  }

  /** Counts, for each target row, the source rows whose first fitting branch would update or delete it. */
  function check(matched: readonly Branch[]): string[] {
    if (!matched.some((one) => one.action === 'UPDATE')) return [];
    const action = `CASE ${matched.map((one) => `WHEN ${one.condition ?? 'TRUE'} THEN '${one.action}'`).join(' ')} END`;
    const rows = `SELECT ${duckAlias}.rowid AS row, ${action} AS action FROM ${target.write} AS ${duckAlias} JOIN ${using} ON ${on}`;
    return [
      `SELECT error('Duplicate row detected during DML action') FROM (SELECT row FROM (${rows}) WHERE action IS NOT NULL GROUP BY row HAVING count(*) > 1 AND count_if(action = 'UPDATE') > 0 LIMIT 1)`,
    ];
  }
};

const whens = (parts: Parts): readonly Parts[] => {
  const node = nodeAt(parts, 'whens');
  const list = node ? nodesAt(partsOf(node), 'expressions') : [];
  return list.map((when) => partsOf(when));
};
