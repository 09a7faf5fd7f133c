/** A source of chance that gives the same for the same seed (mulberry32). */
export interface Random {
  /** True so often out of one. */
  chance(probability: number): boolean;
  /** A whole number below `end`. */
  below(end: number): number;
}

export const random = (seed: number): Random => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { chance: (probability) => next() < probability, below: (end) => Math.floor(next() * end) };
};
