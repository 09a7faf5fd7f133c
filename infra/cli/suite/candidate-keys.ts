import type { ColumnProfile, Profile } from './profile.ts';

/** Each of them costs a sort. */
const MOST = 6;
const COLUMNS = 5;
/** Counts of values are estimates. */
const ROUGHLY = 0.8;

/** What names of columns that identify something hold. */
const IDENTIFIES = /(^|_)(ID|KEY|NUMBER|NO|NUM|CODE|LINE|SKU|POSITION|INDEX|SEQ|VERSION)(_|$)|ID$/i;

/** Combinations of columns that may be different in each row, the likeliest first; none where one column is by itself. */
export const candidateKeys = ({ rows, columns }: Profile): readonly (readonly string[])[] => {
  if (rows < 2 || columns.some((it) => it.isUnique)) return [];
  const parts = columns
    .filter((it) => it.present === rows && (it.distinct ?? 0) > 1 && it.type !== 'FLOAT' && (it.longest ?? 0) <= 300)
    .toSorted((a, b) => likely(b) - likely(a) || b.distinct! - a.distinct!)
    .slice(0, COLUMNS);
  const pairs = parts.flatMap((a, at) => parts.slice(at + 1).map((b) => [a, b]));
  const triples = pairs.flatMap(([a, b]) => parts.slice(parts.indexOf(b!) + 1).map((c) => [a!, b!, c]));
  return [...pairs, ...triples]
    .filter((key) => key.reduce((product, it) => product * it.distinct!, 1) >= rows * ROUGHLY)
    .slice(0, MOST)
    .map((key) => columns.filter((it) => key.includes(it)).map((it) => it.name));
};

const likely = ({ name }: ColumnProfile): number => (IDENTIFIES.test(name) ? 1 : 0);
