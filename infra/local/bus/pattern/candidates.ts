import type { Field, Membership } from './fields.ts';

/** The fields that may stand beside the elements taken so far; some that may not are left for a closer look. */
export type Candidates = (taken: Membership) => readonly Field[];

/** An array, not among those used already, that all of these fields stand in; the outermost when there are several. */
const sharedArray = (fields: readonly Field[], used: ReadonlySet<number>): number | undefined => {
  const [first, ...others] = fields;
  if (first === undefined || others.length === 0) return undefined;
  return [...first.membership.keys()].find(
    (array) => !used.has(array) && others.every(({ membership }) => membership.has(array)),
  );
};

/** Sorts fields by the elements of the arrays they share, so that an element's neighbours are found without a walk over all. */
export const candidatesAmong = (fields: readonly Field[], used: ReadonlySet<number> = new Set()): Candidates => {
  const array = sharedArray(fields, used);
  if (array === undefined) return () => fields;
  const byElement = Map.groupBy(fields, ({ membership }) => membership.get(array)!);
  const within = new Map<number, Candidates>();
  return (taken) => {
    const element = taken.get(array);
    if (element === undefined) return fields;
    const group = byElement.get(element);
    if (group === undefined) return [];
    const known = within.get(element) ?? candidatesAmong(group, new Set(used).add(array));
    within.set(element, known);
    return known(taken);
  };
};
