import type { SchemaDrifted } from '../../../events/schema-drifted.v1.ts';
import type { ExtractPipeline } from '../pipelines/definition.ts';
import { evolvedColumn } from './evolved-column.ts';
import { knownPaths } from '../pipelines/known-paths.ts';

/** A field and one kind of value that was found in it. */
export interface Field {
  readonly path: string;
  readonly kind: string;
}

export type Change = SchemaDrifted['data']['changes'][number];

/** The kind under which it is remembered that a field has vanished. */
export const ABSENT = 'ABSENT';
/** JSON's null says nothing of a field but that it is there. */
const NULL = 'NULL_VALUE';
/** In fewer documents a field may be missing by chance. */
const ENOUGH = 100;
/** As many columns as a history is given by itself. */
export const MOST_COLUMNS = 50;

/** What is new about the fields of a batch, given those that were seen before; of the same fields nothing is said twice. */
export const decideDrift = (
  pipeline: ExtractPipeline,
  before: readonly Field[],
  found: readonly Field[],
  documents: number,
): readonly Change[] => {
  const known = knownPaths(pipeline);
  const seen = Map.groupBy(before, (it) => it.path);
  const evolved = new Set(before.flatMap((it) => evolvedColumn(pipeline, it) ?? []));
  const news = found.filter(({ path, kind }) => kind !== NULL && !seen.get(path)?.some((it) => it.kind === kind));
  const appeared = news
    .filter(({ path }) => !known.has(path) && !seen.has(path))
    .map((it): Change => {
      const column = evolvedColumn(pipeline, it);
      const isNew = column !== undefined && !evolved.has(column) && evolved.size < MOST_COLUMNS;
      if (isNew) evolved.add(column);
      return { what: 'appeared', ...it, before: [], column: isNew ? column : null };
    });
  const changed = news
    .filter(({ path }) => seen.has(path))
    .map((it): Change => {
      const kinds = seen.get(it.path)!.map(({ kind }) => kind);
      return { what: 'changed', ...it, before: kinds.slice(0, 10), column: null };
    });
  const there = new Set(found.map((it) => it.path));
  const vanished = [...known].filter((path) => seen.has(path) && !there.has(path) && documents >= ENOUGH);
  return [
    ...appeared,
    ...changed,
    ...vanished
      .filter((path) => !seen.get(path)!.some((it) => it.kind === ABSENT))
      .map((path): Change => {
        const kinds = seen.get(path)!.map(({ kind }) => kind);
        return { what: 'vanished', path, kind: ABSENT, before: kinds.slice(0, 10), column: null };
      }),
  ];
};

/** What was found for the first time, to be remembered: also what a pipeline describes, against which later batches are held. */
export const toRemember = (
  before: readonly Field[],
  found: readonly Field[],
  changes: readonly Change[],
): readonly (Field & { readonly what: string; readonly column: string | null })[] => {
  const isSeen = (field: Field): boolean => before.some((it) => it.path === field.path && it.kind === field.kind);
  const told = changes.map(({ what, path, kind, column }) => ({ what, path, kind, column }));
  const isTold = (field: Field): boolean => told.some((it) => it.path === field.path && it.kind === field.kind);
  const rest = found.filter((it) => it.kind !== NULL && !isSeen(it) && !isTold(it));
  return [...told, ...rest.map((it) => ({ what: 'described', ...it, column: null }))];
};
