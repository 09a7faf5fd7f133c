import { readPattern } from './event-pattern.ts';
import type { EventPattern } from './event-pattern.ts';

const MAX_CACHED = 1000;
const cache = new Map<string, EventPattern>();

/** The pattern of a text that was checked before; read once. */
export const patternOf = (text: string): EventPattern => {
  const known = cache.get(text);
  if (known) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const pattern = readPattern(text);
  cache.set(text, pattern);
  return pattern;
};
