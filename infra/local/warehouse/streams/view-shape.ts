import { unsupported } from '../catalog/errors.ts';
import { SnowflakeError } from '../contract.ts';
import { tokenize } from '../sql/lexer.ts';
import { AGGREGATES } from '../translation/functions/aggregates.ts';
import { WINDOWS } from '../translation/functions/windows.ts';
import { ROW_IS_NEW, ROW_KEY } from '../translation/hidden-columns.ts';
import { kindOf, nodeAt, nodesAt, partsOf } from '../translation/tree.ts';
import type { Node, Parts } from '../translation/tree.ts';

const CLAUSES: readonly (readonly [part: string, name: string])[] = [
  ['group_by', 'GROUP BY'],
  ['having', 'HAVING'],
  ['qualify', 'QUALIFY'],
  ['distinct', 'DISTINCT'],
  ['limit', 'LIMIT'],
  ['fetch', 'LIMIT'],
  ['top', 'LIMIT'],
  ['offset', 'OFFSET'],
];

const JOINS = new Set(['Inner', 'Cross', 'Implicit', 'Natural']);

/** A query whose rows have keys: which rows of which tables they are made of, and whether any of those is new. Stops at what no stream can follow. */
export const keyed = (tree: Node, text: string): Node => {
  checkCalls(text);
  const counter = { selects: 0 };
  const shaped = keyedQuery(tree, [], counter);
  const written = tokenize(text).filter(({ kind, value }) => kind === 'word' && value === 'SELECT').length;
  if (written > counter.selects) throw untracked('subqueries outside of FROM');
  return shaped;
};

const checkCalls = (text: string): void => {
  const tokens = tokenize(text);
  for (const [i, { kind, value }] of tokens.entries()) {
    if (kind !== 'word' || tokens[i + 1]?.text !== '(') continue;
    if (value === 'OVER' || Object.hasOwn(WINDOWS, value)) throw untracked('window functions');
    if (Object.hasOwn(AGGREGATES, value)) throw untracked('aggregates');
  }
};

interface Counter {
  selects: number;
}

const keyedQuery = (node: Node, marks: readonly string[], counter: Counter): Node => {
  const [kind, parts] = [kindOf(node), partsOf(node)];
  if (kind === 'select') return { select: keyedSelect(parts, marks, counter) };
  if (kind === 'subquery' || kind === 'paren')
    return { [kind]: { ...parts, this: keyedQuery(nodeAt(parts, 'this')!, marks, counter) } };
  if (kind !== 'union' || parts['all'] !== true || parts['by_name'] === true)
    throw untracked(`set operators other than UNION ALL`);
  for (const [part, name] of CLAUSES) if (isThere(parts[part])) throw untracked(name);
  const side = (which: 'left' | 'right', mark: string): Node =>
    keyedQuery(nodeAt(parts, which)!, [...marks, mark], counter);
  const tables = withKeys(parts, counter);
  return { union: { ...parts, with: tables, left: side('left', '0'), right: side('right', '1') } };
};

const keyedSelect = (parts: Parts, marks: readonly string[], counter: Counter): Parts => {
  counter.selects += 1;
  const tables = withKeys(parts, counter);
  for (const [part, name] of CLAUSES) if (isThere(parts[part])) throw untracked(name);
  const from = nodesAt(nodeAt(parts, 'from') ?? {}, 'expressions').map((item) => keyedItem(item, counter));
  const joins = nodesAt(parts, 'joins').map((join) => {
    const kind = String(join['kind']);
    if (!JOINS.has(kind)) throw untracked(`joins of type '[${kind.toUpperCase()}_OUTER_JOIN]'`);
    return { ...join, this: keyedItem(nodeAt(join, 'this')!, counter) };
  });
  const items = [...from, ...joins.map((join) => join.this)];
  if (items.length === 0) throw unsupported('a stream on a view without a table');
  const keys = items.map((item) => column(ROW_KEY, item));
  const texts = [...marks.map(text), ...keys];
  const key = texts.reduce((all, one) => ({
    concat: { left: { concat: { left: all, right: text('/') } }, right: one },
  }));
  const isNew = items.map((item) => column(ROW_IS_NEW, item)).reduce((left, right) => ({ or: { left, right } }));
  return {
    ...parts,
    with: tables,
    from: { ...nodeAt(parts, 'from'), expressions: from },
    joins,
    expressions: [...nodesAt(parts, 'expressions'), named(key, ROW_KEY), named(isNew, ROW_IS_NEW)],
  };
};

/** Common tables get keys as other queries in FROM do. */
const withKeys = (parts: Parts, counter: Counter): Parts | null => {
  const clause = nodeAt(parts, 'with');
  if (clause === undefined) return null;
  const tables = nodesAt(clause, 'ctes').map((table) => {
    if (nodesAt(table, 'columns').length > 0) throw unsupported('a stream on a view with WITH that names columns');
    if (reads(table['this'], table['alias'])) throw untracked('recursive common tables');
    return { ...table, this: keyedQuery(nodeAt(table, 'this')!, [], counter) };
  });
  return { ...clause, ctes: tables };
};

/** Whether a table of this name stands anywhere in a tree. */
const reads = (tree: unknown, alias: unknown): boolean => {
  if (Array.isArray(tree)) return tree.some((each) => reads(each, alias));
  if (tree === null || typeof tree !== 'object') return false;
  const name = (tree as { table?: { name?: { name?: string } } }).table?.name?.name;
  return (
    name?.toUpperCase() === (alias as { name: string }).name.toUpperCase() ||
    Object.values(tree).some((each) => reads(each, alias))
  );
};

const keyedItem = (item: Node, counter: Counter): Node => {
  const [kind, parts] = [kindOf(item), partsOf(item)];
  if (parts['table_sample'] || parts['sample']) throw untracked('SAMPLE');
  if (kind === 'table' && !parts['when'] && !parts['changes']) return item;
  if (kind === 'subquery' && parts['lateral'] !== true)
    return { subquery: { ...parts, this: keyedQuery(nodeAt(parts, 'this')!, [], counter) } };
  throw unsupported(`a stream on a view of ${kind === 'table' ? 'a table in the past' : kind.replaceAll('_', ' ')}`);
};

const column = (name: string, item: Node): Node => ({
  column: { name: { name, quoted: true }, table: partsOf(item)['alias'] ?? partsOf(item)['name'] },
});

const text = (value: string): Node => ({ literal: { literal_type: 'string', value } });

const named = (node: Node, name: string): Node => ({ alias: { this: node, alias: { name, quoted: true } } });

const isThere = (part: unknown): boolean => part !== undefined && part !== null && part !== false;

const untracked = (what: string): SnowflakeError =>
  new SnowflakeError(
    '002203',
    '02000',
    `SQL compilation error:\nChange tracking is not supported on queries with ${what}.`,
  );
