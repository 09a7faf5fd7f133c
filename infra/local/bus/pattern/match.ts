import { candidatesAmong } from './candidates.ts';
import type { Branch } from './compile.ts';
import type { Condition } from './condition.ts';
import type { Field, Fields, Membership } from './fields.ts';

const NOWHERE: Membership = new Map();

/** The elements taken so far and the field's own, or undefined when they are different elements of one array. */
const together = (taken: Membership, own: Membership): Membership | undefined => {
  let merged: Map<number, number> | undefined;
  for (const [array, index] of own) {
    const before = taken.get(array);
    if (before === undefined) merged = (merged ?? new Map(taken)).set(array, index);
    else if (before !== index) return undefined;
  }
  return merged ?? taken;
};

const passes = (condition: Condition, { leaf }: Field): boolean => condition.tests.some((test) => test(leaf));

const matchesBranch = (branch: Branch, fields: Fields): boolean => {
  // Sorted, since what `exists: false` sees depends on the elements that paths before it have taken.
  const paths = [...branch.keys()].sort();
  const values = paths.map((path) => fields.get(path) ?? []);
  const present = values.map((fields) => candidatesAmong(fields));
  const fitting = paths.map((path, i) =>
    candidatesAmong(values[i]!.filter((field) => passes(branch.get(path)!, field))),
  );
  const arraysFrom = arraysAhead(values);
  const failed = new Set<string>();

  const walk = (i: number, taken: Membership): boolean => {
    if (i === paths.length) return true;
    const key = [i, ...[...taken].filter(([array]) => arraysFrom[i]!.has(array)).flat()].join();
    if (failed.has(key)) return false;
    if (branch.get(paths[i]!)!.absent && !present[i]!(taken).some((field) => together(taken, field.membership))) {
      if (walk(i + 1, taken)) return true;
    }
    for (const field of fitting[i]!(taken)) {
      const next = together(taken, field.membership);
      if (next && walk(i + 1, next)) return true;
    }
    failed.add(key);
    return false;
  };
  return walk(0, NOWHERE);
};

// Elements of arrays that no later path touches can't decide anything any more: without them, siblings don't multiply.
const arraysAhead = (values: readonly (readonly Field[])[]): Set<number>[] => {
  let ahead = new Set<number>();
  return values
    .toReversed()
    .map((fields) => {
      ahead = new Set([...ahead, ...fields.flatMap(({ membership }) => [...membership.keys()])]);
      return ahead;
    })
    .toReversed();
};

/** Whether an event matches any branch of a pattern. */
export const matchesPattern = (branches: readonly Branch[], fields: Fields): boolean =>
  branches.some((branch) => matchesBranch(branch, fields));
