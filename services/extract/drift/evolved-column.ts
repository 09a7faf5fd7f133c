import type { ExtractColumn, ExtractPipeline } from '../pipelines/definition.ts';
import { knownPaths } from '../pipelines/known-paths.ts';
import type { Field } from './decide-drift.ts';

const SCALARS: readonly string[] = ['VARCHAR', 'NUMBER', 'BOOLEAN'];
const LONGEST = 100;

/**
 * The column that a pipeline which evolves gives to a field that nobody has defined; none for what is no single value, or is defined
 * by now. Its name begins with X_, so that it can't be a column of anybody's.
 */
export const evolvedColumn = (pipeline: ExtractPipeline, { path, kind }: Field): string | undefined => {
  if (pipeline.drift !== 'evolve' || !SCALARS.includes(kind) || knownPaths(pipeline).has(path)) return undefined;
  const name = path.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '');
  return name === '' ? undefined : `X_${name.toUpperCase().slice(0, LONGEST)}`;
};

/** The same field as a column to extract, as text: whatever comes later, it can be read. */
export const evolvedSource = (
  pipeline: ExtractPipeline,
  { path }: Pick<Field, 'path'>,
): ExtractColumn['from'] | undefined => {
  const list = `${(pipeline.explode ?? []).join('.')}[].`;
  const isOfElement = pipeline.explode !== undefined && path.startsWith(list);
  const [first, ...rest] = (isOfElement ? path.slice(list.length) : path).split('.');
  // A key that holds a point, or nothing, can't be told from a path any more: it stays untold.
  if (!first || rest.includes('')) return undefined;
  return isOfElement ? { element: [first, ...rest] } : { document: [first, ...rest] };
};
