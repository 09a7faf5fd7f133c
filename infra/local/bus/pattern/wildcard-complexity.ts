// EventBridge refuses 11 open readings; where exactly it draws the line is not documented.
const MAX_OPEN = 10;
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

/**
 * Whether a wildcard expression is more than EventBridge takes. It counts the readings that some value could keep
 * open at once: each star passed stays open, and so does every beginning of a run that the last characters spell.
 */
export const isTooComplex = (runs: readonly string[]): boolean => {
  const tokens = tokensOf(runs);
  const alphabet = new Set(tokens.filter((token) => typeof token === 'string'));
  const seen = new Set<string>();
  const queue = [[0]];
  for (let places = queue.pop(); places !== undefined; places = queue.pop()) {
    for (const character of alphabet) {
      const reached = read(tokens, places, character);
      if (reached.length > MAX_OPEN) return true;
      const key = reached.join();
      if (reached.length === 0 || seen.has(key)) continue;
      seen.add(key);
      queue.push(reached);
    }
  }
  return false;
};
