import type { ExtractPipeline } from './definition.ts';

/** A field of the documents as drift knows it: keys joined by points, elements of the list behind `[]`. */
const joined = (keys: readonly string[]): string => keys.join('.');

const prefixes = (keys: readonly string[]): readonly (readonly string[])[] =>
  keys.map((_, at) => keys.slice(0, at + 1));

/** Every field that the pipeline describes, or passes through on the way to one. */
export const knownPaths = ({ columns, explode, version }: ExtractPipeline): ReadonlySet<string> => {
  const list = joined(explode ?? []);
  const ofDocument = columns.flatMap(({ from }) => ('document' in from ? [from.document] : []));
  const ofElement = columns.flatMap(({ from }) => ('element' in from ? [from.element] : []));
  return new Set([
    ...[...ofDocument, ...(explode ? [explode] : []), ...(version ? [version.document] : [])]
      .flatMap(prefixes)
      .map(joined),
    ...ofElement.flatMap(prefixes).map((it) => `${list}[].${joined(it)}`),
  ]);
};

/** One object whose fields are looked at: in the document, or in each element of the list. */
export interface Looked {
  readonly in: 'document' | 'element';
  readonly keys: readonly string[];
  /** What its fields' paths begin with. */
  readonly prefix: string;
}

/** The keys that the pipeline describes of one such object. */
export const knownKeys = (pipeline: ExtractPipeline, { prefix }: Looked): readonly string[] => [
  ...new Set(
    [...knownPaths(pipeline)]
      .filter((it) => it.startsWith(prefix) && (prefix !== '' || !it.includes('[].')))
      .map((it) => it.slice(prefix.length).split('.')[0]!),
  ),
];

/** The objects whose fields are looked at: the document, the elements, and whatever leads to a column. */
export const lookedAt = ({ columns, explode }: ExtractPipeline): readonly Looked[] => {
  const parents = (all: readonly (readonly string[])[]): readonly (readonly string[])[] => [
    ...new Map(all.flatMap((it) => prefixes(it.slice(0, -1))).map((it) => [JSON.stringify(it), it])).values(),
  ];
  const list = joined(explode ?? []);
  const ofDocument = columns.flatMap(({ from }) => ('document' in from ? [from.document] : []));
  const ofElement = columns.flatMap(({ from }) => ('element' in from ? [from.element] : []));
  const inDocument = [[], ...parents([...ofDocument, ...(explode ? [explode] : [])])];
  const inElement = explode ? [[], ...parents(ofElement)] : [];
  return [
    ...inDocument.map((keys) => ({
      in: 'document' as const,
      keys,
      prefix: keys.length === 0 ? '' : `${joined(keys)}.`,
    })),
    ...inElement.map((keys) => ({ in: 'element' as const, keys, prefix: `${[`${list}[]`, ...keys].join('.')}.` })),
  ];
};
