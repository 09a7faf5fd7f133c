import { validateWithSchema } from '@polyglot-sql/sdk';
import { child, children, nameOf, textOf, treeOf, type Node } from './tree.ts';

/** Tables and the columns they have. */
export type Tables = ReadonlyMap<string, readonly string[]>;

/** What a query gives, and what it asks for that is not there. */
export interface Judged {
  readonly columns: readonly string[];
  readonly faults: readonly string[];
}

/** Judges a query over tables of which only the columns' names are known. */
export const judgeQuery = (text: string, tables: Tables): Judged => judgeTree(treeOf(text), tables);

// One WITH after another, each a table for those behind it: the validator knows nothing of columns that hide behind a star.
const judgeTree = (tree: Node, tables: Tables): Judged => {
  const known = new Map(tables);
  const faults: string[] = [];
  for (const cte of children(tree, 'select', 'with', 'ctes')) {
    const judged = judgeTree(child(cte, 'this')!, known);
    faults.push(...judged.faults);
    const renamed = children(cte, 'columns').map(nameOf);
    known.set(nameOf(child(cte, 'alias')), renamed.length > 0 ? renamed : judged.columns);
  }
  const body: Node = tree['select'] ? { select: { ...(tree['select'] as Node), with: null } } : tree;
  return { columns: outputOf(body, known, faults), faults: [...faults, ...missing(body, known)] };
};

const missing = (tree: Node, tables: Tables): string[] => {
  const schema = {
    tables: [...tables].map(([name, columns]) => ({
      name,
      columns: columns.map((it) => ({ name: it, type: 'VARCHAR' })),
    })),
  };
  const { errors } = validateWithSchema(textOf(tree), schema, 'snowflake', { checkReferences: true, strict: true });
  const wrong = errors.filter((it) => it.severity === 'error');
  return [...new Set(wrong.map((it) => it.message.replace(/'([^']*)'/g, (_, name: string) => name.toUpperCase())))];
};

const outputOf = (tree: Node, tables: Tables, faults: string[]): readonly string[] => {
  const left = child(tree, 'union', 'left') ?? child(tree, 'intersect', 'left') ?? child(tree, 'except', 'left');
  if (left) return outputOf(left, tables, faults);
  const sources = [...children(tree, 'select', 'from', 'expressions'), ...children(tree, 'select', 'joins')].map((it) =>
    columnsOfSource(child(it, 'this') && !it['table'] && !it['subquery'] ? child(it, 'this')! : it, tables),
  );
  return children(tree, 'select', 'expressions').flatMap((expression, index) => {
    const star = child(expression, 'star');
    if (star) return expand(star, sources);
    const alias = child(expression, 'alias', 'alias') ?? child(expression, 'column', 'name');
    if (!alias) faults.push(`Output column ${index + 1} has no name`);
    return alias ? [nameOf(alias)] : [];
  });
};

interface Source {
  readonly alias: string;
  readonly columns: readonly string[];
}

const columnsOfSource = (node: Node, tables: Tables): Source => {
  const [table, subquery] = [child(node, 'table'), child(node, 'subquery')];
  const alias = nameOf(child(table ?? subquery, 'alias') ?? child(table, 'name'));
  if (table) return { alias, columns: tables.get(nameOf(child(table, 'name'))) ?? [] };
  return { alias, columns: subquery ? judgeTree(child(subquery, 'this')!, tables).columns : [] };
};

const expand = (star: Node, sources: readonly Source[]): readonly string[] => {
  const of = child(star, 'table');
  const all = sources.filter((it) => !of || it.alias === nameOf(of)).flatMap((it) => it.columns);
  const left = new Set(children(star, 'except').map(nameOf));
  const renamed = new Map(
    children(star, 'rename').map((pair) => {
      const [from, to] = pair as unknown as readonly [Node, Node];
      return [nameOf(from), nameOf(to)];
    }),
  );
  return all.filter((it) => !left.has(it)).map((it) => renamed.get(it) ?? it);
};
