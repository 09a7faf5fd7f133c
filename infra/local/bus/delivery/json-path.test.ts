import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../json/parse.ts';
import { printJson } from '../json/print.ts';
import { follow, readPath } from './json-path.ts';

const EVENT = parseJson('{"detail-type":"t","a":{"b":[{"c":1.0},{"c":2}],"x y":[]},"a.b":7}');

const at = (path: string): string | undefined => {
  const steps = readPath(path);
  const found = steps && follow(EVENT, steps);
  return found && printJson(found);
};

describe('a JSON path', () => {
  it.each([
    ['$.detail-type', '"t"'],
    ['$.a.b[1].c', '2'],
    ['$.a.b[*].c', '[1.0,2]'],
    ["$['a.b']", '7'],
    ['$.a["x y"]', '[]'],
    ['$.a.*', '[[{"c":1.0},{"c":2}],[]]'],
    ['$.none', undefined],
    ['$.a.b[9]', undefined],
    ['$.a.b.c', undefined],
    ['$.none[*]', undefined],
  ])('%s finds %s', (path, found) => {
    expect(at(path)).toBe(found);
  });

  it.each(['a.b', '$.', '$.a[', '$..a', '$.a[-1]', '$.a[?(@.b)]', '$a'])('%s is none', (path) => {
    expect(readPath(path)).toBeUndefined();
  });
});
