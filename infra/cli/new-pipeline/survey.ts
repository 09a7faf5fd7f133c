import { isObject, type Numeral, type Json, type JsonObject } from './json-text.ts';

export type Path = readonly [string, ...string[]];

/** What a sample shows at one path. */
export interface Spot {
  readonly path: Path;
  /** Every value that is neither an object nor a list nor null. */
  readonly values: (string | boolean | Numeral)[];
  objects: number;
  /** The lists of objects found there, one a document that has one. */
  readonly lists: (readonly JsonObject[])[];
  /** Lists of anything else. */
  otherLists: number;
}

/** Everything that some objects hold, path by path, in the order in which it was first seen. */
export const survey = (objects: readonly JsonObject[]): ReadonlyMap<string, Spot> => {
  const spots = new Map<string, Spot>();
  for (const object of objects) visit(object, [], spots);
  return spots;
};

/** Whether a spot holds objects in one document and something else in another: nothing below it is read. */
export const isMixed = ({ objects, values, lists, otherLists }: Spot): boolean =>
  objects > 0 && values.length + lists.length + otherLists > 0;

/** The spots that are reached through objects alone. */
export const reachable = (spots: ReadonlyMap<string, Spot>): readonly Spot[] =>
  [...spots.values()].filter((it) =>
    it.path.every((_, depth) => depth === 0 || !isMixed(spots.get(JSON.stringify(it.path.slice(0, depth)))!)),
  );

/** A path as people write it; two paths never share one text within a sample's objects unless a key holds a point. */
export const written = (path: readonly string[]): string => path.join('.');

const visit = (object: JsonObject, above: readonly string[], spots: Map<string, Spot>): void => {
  for (const [key, value] of Object.entries(object)) {
    const path: Path = [...above, key] as unknown as Path;
    const id = JSON.stringify(path);
    const spot = spots.get(id) ?? { path, values: [], objects: 0, lists: [], otherLists: 0 };
    spots.set(id, spot);
    note(spot, value);
    if (isObject(value)) visit(value, path, spots);
  }
};

const note = (spot: Spot, value: Json): void => {
  if (value === null) return;
  if (isObject(value)) spot.objects += 1;
  else if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (list.every((it) => isObject(it))) spot.lists.push(list);
    else spot.otherLists += 1;
  } else spot.values.push(value as string | boolean | Numeral);
};
