import type { Column, Names, RowChange, Translated } from '../../contract.ts';
import { SnowflakeError } from '../../contract.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import type { Token } from '../../sql/token.ts';
import { as } from '../coerce.ts';
import { Compiler } from '../compiler.ts';
import { compilationError, unsupported } from '../failures.ts';
import { parse } from '../parse.ts';
import { prepare } from '../prepare/prepare.ts';
import { Scope } from '../scope.ts';
import { sourceItem, tableName } from '../sources.ts';
import { kindOf, nodeAt, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Node, Parts } from '../tree.ts';
import { BOOLEAN } from '../types.ts';
import { assigned, fit, isDefault } from './fit.ts';
import { isMarked, markByName, pairsByName } from './merge-by-name.ts';
import { mergeStatements } from './merge-statements.ts';
import type { MergeBranch } from './merge-statements.ts';
import { both, readsOf, targetColumn, targetNamed, targetSource } from './target.ts';
import { unexpectedKind } from './unexpected-kind.ts';

const CHANGES: Record<MergeBranch['action'], RowChange> = {
  INSERT: { did: 'inserted' },
  UPDATE: { did: 'updated' },
  DELETE: { did: 'deleted' },
};

/** MERGE; a target row that several source rows would change is an error, found before anything is written. */
export const translateMerge = (tokens: readonly Token[], sql: string, names: Names): Translated => {
  const prepared = prepare(markByName(tokens), sql, names);
  const compiler = new Compiler(prepared, names);
  const parts = unexpectedKind(parse(prepared), 'merge');
  const into = nodeAt(parts, 'this')!;
  const table = kindOf(into) === 'alias' ? partsOf(nodeAt(partsOf(into), 'this')!) : partsOf(into);
  const aliasPart = kindOf(into) === 'alias' ? partsOf(into)['alias'] : table['alias'];
  const alias = aliasPart ? compiler.identifier(aliasPart) : undefined;
  const target = targetNamed(tableName(table, compiler), names);
  const scope = new Scope();
  const duckAlias = scope.alias(alias ?? target.name);
  const source = sourceItem(nodeAt(parts, 'using')!, compiler, scope);
  const sourceScope = new Scope();
  sourceScope.sources.push(...source.sources);
  const { own, seen } = targetSource(target, alias, duckAlias, compiler);
  scope.sources.push(own, ...source.sources);
  const on = both(seen, as(compiler.expression(nodeAt(parts, 'on')!, scope), BOOLEAN));
  checkReached(whens(parts));
  const branches = whens(parts).map(branch);
  const steps = mergeStatements({
    target: target.write,
    targetColumns: target.columns,
    alias: duckAlias,
    source: source.render(),
    on,
    branches,
  });
  return {
    kind: 'merge',
    statements: steps.map((step) => step.sql),
    counts: steps.map((step) => step.counts && CHANGES[step.counts]),
    reads: readsOf(compiler),
    writes: [target],
  };

  function branch(when: Parts): MergeBranch {
    const matched = partsOf(nodeAt(when, 'matched')!)['value'] === true;
    const test = nodeAt(when, 'condition');
    const condition = test ? as(compiler.expression(test, matched ? scope : sourceScope), BOOLEAN) : 'TRUE';
    const then = nodeAt(when, 'then')!;
    const [action, first, second] = kindOf(then) === 'tuple' ? nodesAt(partsOf(then), 'expressions') : [then];
    const word = textAt(partsOf(action!), 'this')?.toUpperCase();
    if (word === 'DELETE' && matched) return { action: 'DELETE', condition, columns: [], values: [] };
    if (word === 'UPDATE' && matched && first) return { action: 'UPDATE', condition, ...assignments(first) };
    if (word === 'INSERT' && !matched && first) return { action: 'INSERT', condition, ...insertion(first, second) };
    throw unsupported(`MERGE with ${word ?? 'this'} when ${matched ? '' : 'not '}matched`);
  }

  function assignments(set: Node): { columns: string[]; values: string[] } {
    if (isMarked(set)) return byName();
    if (nodesAt(partsOf(set), 'expressions').length === 0)
      throw compilationError('001003', '42000', "syntax error unexpected '*'.");
    const pairs = nodesAt(partsOf(set), 'expressions').map((node) => {
      const column = named(nodeAt(partsOf(node), 'left')!);
      return [
        quoteIdentifier(column.name),
        assigned(nodeAt(partsOf(node), 'right')!, column, compiler, scope),
      ] as const;
    });
    return { columns: pairs.map(([column]) => column), values: pairs.map(([, value]) => value) };
  }

  function insertion(first: Node, second: Node | undefined): { columns: string[]; values: string[] } {
    if (isMarked(first)) return byName();
    const listed = second ? nodesAt(partsOf(first), 'expressions').map(named) : target.columns;
    const values = nodesAt(partsOf(second ?? first), 'expressions');
    if (values.length !== listed.length)
      throw new SnowflakeError(
        '002020',
        '21S01',
        `SQL compilation error:\nInsert value list does not match column list expecting ${listed.length} but got ${values.length}`,
      );
    if (values.every((node) => isDefault(node))) throw unsupported('MERGE that inserts defaults alone');
    return {
      columns: listed.map((column) => quoteIdentifier(column.name)),
      values: values.map((node, i) => assigned(node, listed[i]!, compiler, sourceScope)),
    };
  }

  function byName(): { columns: string[]; values: string[] } {
    const pairs = pairsByName(target.columns, sourceScope.sources);
    return {
      columns: pairs.map(([column]) => quoteIdentifier(column.name)),
      values: pairs.map(([column, value]) => fit(value, column)),
    };
  }

  function named(node: Node): Column {
    return targetColumn(target, compiler.identifier(kindOf(node) === 'column' ? partsOf(node)['name'] : partsOf(node)));
  }
};

/** A WHEN without a condition must be the last of its kind. */
const checkReached = (clauses: readonly Parts[]): void => {
  const kinds = clauses.map((clause) => partsOf(nodeAt(clause, 'matched')!)['value']);
  if (clauses.some((clause, i) => !nodeAt(clause, 'condition') && kinds.includes(kinds[i], i + 1)))
    throw compilationError('001003', '42000', "syntax error unexpected 'WHEN': the clause before it takes all rows.");
};

const whens = (parts: Parts): readonly Parts[] => {
  const node = nodeAt(parts, 'whens');
  return node ? nodesAt(partsOf(node), 'expressions').map((when) => partsOf(when)) : [];
};
