import type { Token } from '../sql/token.ts';

const SKIPPED = new Set([
  'TRANSIENT',
  'TEMPORARY',
  'TEMP',
  'VOLATILE',
  'LOCAL',
  'GLOBAL',
  'SECURE',
  'RECURSIVE',
  'FORCE',
]);

/**
 * A statement's first words, by which its command is found. After CREATE, the words OR REPLACE, OR ALTER, TRANSIENT, TEMPORARY and
 * SECURE are left out, so that CREATE OR REPLACE TRANSIENT TABLE begins with CREATE TABLE.
 */
export const leadingWords = (tokens: readonly Token[]): string[] => {
  const words: string[] = [];
  for (let i = 0; i < tokens.length && words.length < 6; i += 1) {
    const token = tokens[i]!;
    if (token.kind !== 'word') break;
    if (words.length === 1 && words[0] === 'CREATE') {
      if (token.value === 'OR') {
        i += 1;
        continue;
      }
      if (SKIPPED.has(token.value)) continue;
    }
    words.push(token.value);
  }
  return words;
};
