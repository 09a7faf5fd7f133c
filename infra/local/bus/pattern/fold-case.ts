import { utf8 } from './leaf.ts';

// Surrogates are folded one by one, as the matcher of AWS does: characters outside the basic plane never match.
const spellings = (unit: string): readonly string[] => {
  const lower = utf8(unit.toLowerCase());
  const upper = utf8(unit.toUpperCase());
  return lower === upper ? [lower] : [lower, upper];
};

/** A text that is compared unit by unit, each in its lower or its upper case. */
export type Folded = readonly (readonly string[])[];

/** Folds a text; `ß` then stands for itself and for `SS`, but not for `ss`. */
export const fold = (text: string): Folded => text.split('').map(spellings);

/** The places where the folded text may end when it starts at `start`. */
const ends = (text: string, folded: Folded, start: number): Set<number> => {
  let places = new Set([start]);
  for (const unit of folded) {
    const reached = new Set<number>();
    for (const place of places) {
      for (const spelling of unit) if (text.startsWith(spelling, place)) reached.add(place + spelling.length);
    }
    places = reached;
    if (places.size === 0) break;
  }
  return places;
};

/** Whether the text begins with the folded one. */
export const startsFolded = (text: string, folded: Folded): boolean => ends(text, folded, 0).size > 0;

/** Whether the text is the folded one. */
export const equalsFolded = (text: string, folded: Folded): boolean => ends(text, folded, 0).has(text.length);

/** Whether the text ends with the folded one. */
export const endsFolded = (text: string, folded: Folded): boolean => {
  const longest = folded.reduce((sum, unit) => sum + Math.max(...unit.map((spelling) => spelling.length)), 0);
  for (let start = Math.max(0, text.length - longest); start <= text.length; start += 1) {
    if (ends(text, folded, start).has(text.length)) return true;
  }
  return false;
};
