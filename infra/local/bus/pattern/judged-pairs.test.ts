import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { parseJson } from '../json/parse.ts';
import { readPattern } from './event-pattern.ts';
import { fieldsOf } from './fields.ts';

/** `verdict` is what AWS's own matcher says: whether the pattern matches, or why it refuses the pattern. */
type Judged = { readonly pattern: string; readonly event: string; readonly verdict: boolean | string };

const PAIRS = readFileSync(join(import.meta.dirname, 'test', 'judged-pairs.ndjson'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Judged);

const judge = ({ pattern, event }: Judged): boolean | string => {
  try {
    return readPattern(pattern).matches(fieldsOf(parseJson(event)));
  } catch (error) {
    return (error as Error).message.split('\n')[0]!;
  }
};

it("judges patterns and events as AWS's own matcher does", () => {
  expect(PAIRS.length).toBeGreaterThan(600);
  expect(PAIRS.map((pair) => ({ ...pair, verdict: judge(pair) }))).toEqual(PAIRS);
});

it.each([
  ['{"a":[{"numeric":["=",5e-324]}]}', '{"a":1}', 'Cannot compare number : 5e-324'],
  ['{"a":[{"numeric":["=",4.9e-324]}]}', '{"a":49e-325}', true],
  ['{"a":[5e-324]}', '{"a":4.9e-324}', false],
  ['{"$or":["x"],"a":[{"anything-but":{"wildcard":"b*"}}]}', '{"$or":"x","a":"c"}', 'Only JSON object is allowed'],
  ['{"$or":["x"],"a":[{"anything-but":{"prefix":["b"]}}]}', '{"$or":"x","a":"c"}', 'Only JSON object is allowed'],
  ['{"$or":["x"],"a":[{"anything-but":{"prefix":"b"}}]}', '{"$or":"x","a":"c"}', true],
])('judges %s on %s', (pattern, event, verdict) => {
  const found = judge({ pattern, event, verdict });

  expect(typeof verdict === 'string' ? String(found).slice(0, verdict.length) : found).toBe(verdict);
});
