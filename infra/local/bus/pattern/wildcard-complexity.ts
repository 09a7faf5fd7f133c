// EventBridge refuses 11 open readings, and 12 of several expressions in one list; where it draws the line is not documented.
const MAX_OPEN = 10;
// Far more than a pattern of the longest length needs, unless it was made to need more.
const MAX_SEEN = 20_000;
const STAR = Symbol('star');

type Token = string | typeof STAR;

const tokensOf = (runs: readonly string[]): Token[] =>
  runs.flatMap((run, index): Token[] => [index === 0 ? '"' : STAR, ...run.split('')]).concat('"');

// A place is how many tokens are read. In front of a star the star may already count as read, too.
const open = (tokens: Token[], place: number): number[] => (tokens[place] === STAR ? [place, place + 1] : [place]);

const read = (tokens: Token[], places: number[], character: string): number[] => {
  const reached = places.flatMap((place) => [
    ...(tokens[place - 1] === STAR ? [place] : []),
    ...(tokens[place] === character ? open(tokens, place + 1) : []),
  ]);
  return [...new Set(reached)].sort((a, b) => a - b);
};

type Reading = { readonly tokens: Token[]; readonly places: number[] };

const readAll = (readings: readonly Reading[], character: string): Reading[] =>
  readings
    .map(({ tokens, places }) => ({ tokens, places: read(tokens, places, character) }))
    .filter(({ places }) => places.length > 0);

/**
 * Whether the wildcard expressions of one list are together more than EventBridge takes. It counts the readings that some
 * value could keep open at once: each star passed stays open, and so does every beginning of a run that the last characters spell.
 */
export const isTooComplex = (expressions: readonly (readonly string[])[]): boolean => {
  const all = expressions.map(tokensOf);
  const numbers = new Map(all.map((tokens, number) => [tokens, number]));
  const alphabet = new Set(all.flat().filter((token) => typeof token === 'string'));
  const seen = new Set<string>();
  const queue: (readonly Reading[])[] = [all.map((tokens) => ({ tokens, places: [0] }))];
  for (let readings = queue.pop(); readings !== undefined; readings = queue.pop()) {
    for (const character of alphabet) {
      const reached = readAll(readings, character);
      if (reached.reduce((open, { places }) => open + places.length, 0) > MAX_OPEN) return true;
      const key = reached.map(({ tokens, places }) => `${numbers.get(tokens)}:${places.join()}`).join(';');
      if (reached.length === 0 || seen.has(key)) continue;
      if (seen.size >= MAX_SEEN) return true;
      seen.add(key);
      queue.push(reached);
    }
  }
  return false;
};
