import type { ExtractPipeline } from '../../../services/extract/pipelines/definition.ts';
import { Refusal } from '../refusal.ts';

type Row = Readonly<Record<string, unknown>>;
interface Tree {
  [key: string]: unknown;
}

/**
 * Rows that are tabular already, as the documents that extract would have made them from: rows of one key become one
 * document, each an element of it, in the order given or of their positions. A column that the pipeline doesn't have is refused.
 */
export const nestRows = (pipeline: ExtractPipeline, rows: readonly Row[]): readonly Tree[] => {
  const documents = new Map<string, { row: Row; elements: Row[] }>();
  rows.forEach((given, index) => {
    const row = byColumn(pipeline, given, index);
    // Rows without a key belong to nobody: each is a document of its own, for validation to hold back.
    const key = row[pipeline.key] ?? null;
    const id = key === null || !pipeline.explode ? `#${index}` : JSON.stringify(key);
    const found = documents.get(id) ?? { row, elements: [] };
    documents.set(id, found);
    for (const column of pipeline.columns)
      if ('document' in column.from && !same(found.row[column.name], row[column.name]))
        throw new Refusal(
          `row ${index + 1}: its ${column.name} is another than in an earlier row of the same ${pipeline.key}`,
        );
    found.elements.push(row);
  });
  return [...documents.values()].map(({ row, elements }) => nested(pipeline, row, elements));
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

const byColumn = ({ pipeline, columns }: ExtractPipeline, row: Row, index: number): Row => {
  const names = new Map(columns.map((it) => [it.name.toUpperCase(), it.name]));
  return Object.fromEntries(
    Object.entries(row).map(([key, value]) => {
      const name = names.get(key.toUpperCase());
      if (name === undefined) throw new Refusal(`row ${index + 1} has ${key}, which is no column of ${pipeline}`);
      return [name, value];
    }),
  );
};

const nested = ({ columns, explode }: ExtractPipeline, row: Row, elements: readonly Row[]): Tree => {
  const position = columns.find((it) => 'position' in it.from)?.name;
  const at = (it: Row): number => Number(position === undefined ? 0 : (it[position] ?? 0));
  const document: Tree = {};
  for (const { name, from } of columns) if ('document' in from && name in row) put(document, from.document, row[name]);
  if (!explode) return document;
  const list = [...elements]
    .sort((a, b) => at(a) - at(b))
    .map((it) => {
      const element: Tree = {};
      for (const { name, from } of columns) if ('element' in from && name in it) put(element, from.element, it[name]);
      return element;
    });
  put(document, explode, list);
  return document;
};

const put = (tree: Tree, path: readonly string[], value: unknown): void => {
  let at = tree;
  for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Tree;
  at[path.at(-1)!] = value;
};
