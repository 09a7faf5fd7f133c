import { describe, expect, it } from '@jest/globals';
import { toPosix } from '../suites/kinds/to-posix.ts';
import { toTimeFormat } from '../suites/kinds/to-time-format.ts';
import { readOwnQuery } from '../suites/own-sql.ts';
import { parseCondition } from '../suites/parse-condition.ts';
import { toPredicate } from '../suites/row-condition.ts';

describe("a query of the owner's own", () => {
  it.each<[string, string | undefined]>([
    ["select * from {batch} where A = 'a; drop table B --' -- why\n", "A = 'a; drop table B --'"],
    ['SELECT * FROM {batch} WHERE "x)" > 1 /* ; */ AND B', '"x)" > 1   AND B'],
    ['SELECT * FROM {batch} WHERE A IN (SELECT max(A) FROM {batch})', undefined],
    ['SELECT * FROM {batch} WHERE A > 1 ORDER BY A', undefined],
    ['SELECT A FROM {batch} WHERE A > 1', undefined],
    ["WITH x AS (SELECT REPLACE(A, 'update', '') AS CALL FROM {batch}) SELECT * FROM x", undefined],
  ])('%s is a condition: %j', (query, predicate) => {
    expect(readOwnQuery(query).predicate?.trim()).toBe(predicate);
  });

  it.each([
    'select 1; select 2',
    'select 1 -- x\n; drop table A',
    "select * from {batch} where A = 'x",
    'select * from {batch} where A = $$x',
    'select * from {batch} where (A > 1',
    'select * from {batch} where A > 1) union all select * from SECRETS where (true',
    'with x as (delete from A) select 1',
    'select SYSTEM$ABORT_SESSION(1)',
    'select * from {table}',
    'select * from {batch} where A = ?',
    'call WIPE()',
    '*/ select 1',
  ])('%s is refused', (query) => {
    expect(() => readOwnQuery(query)).toThrow(RangeError);
  });
});

describe('a row condition', () => {
  it.each<[string, string, unknown[]]>([
    ['col("A") > 5', 't."A" > ?', [5]],
    ['col("Unit price").notNull()', 't."Unit price" is not null', []],
    ["col('A') == date('2026-01-01')", 't."A" = ?', ['2026-01-01']],
    ["a == 'it\\'s' or `b c` <= -1.5", '(t."A" = ? or t."b c" <= ?)', ["it's", -1.5]],
    ['(A = 1 | B != 2) & ~C.isin([1, 2])', '(((t."A" = ? or t."B" <> ?)) and not (t."C" in (?, ?)))', [1, 2, 1, 2]],
    ['A is not null and B not in ("x")', '(t."A" is not null and not t."B" in (?))', ['x']],
    ['flag == True', 't."FLAG" = ?', [true]],
  ])('%s becomes %s', (condition, text, binds) => {
    expect(parseCondition(condition)).toEqual({ text, binds });
  });

  it('may be an object', () => {
    const column = { name: 'A' };
    const comparison = { type: 'comparison' as const, column, operator: 'NOT_IN', parameter: ['x', 'y'] };
    const nullity = { type: 'nullity' as const, column, is_null: false };

    expect(toPredicate({ type: 'or', conditions: [comparison, nullity] })).toEqual({
      text: '(not t."A" in (?, ?) or t."A" is not null)',
      binds: ['x', 'y'],
    });
  });

  it.each(["A == 'x'; drop table B", 'A', 'A > B', '1 = 1', 'f(A) > 1', 'A == @x', "__import__('os')", 'A > 1 B', ''])(
    '%j is refused',
    (condition) => {
      expect(() => parseCondition(condition)).toThrow(RangeError);
    },
  );
});

describe("another tool's spelling", () => {
  it.each<[string, string, string]>([
    ['(?is)^a.*?b$', '^a.*b$', 'is'],
    ['^(?P<year>\\d{4})[-/](?:x|[]?+*(?:])\\Z', '^(\\d{4})[-/](x|[]?+*(?:])$', ''],
    ['[[:alpha:]]+\\)\\?', '[[:alpha:]]+\\)\\?', ''],
  ])('of a pattern, %s, is read', (regex, pattern, parameters) => {
    expect(toPosix(regex)).toEqual({ pattern, parameters });
  });

  it.each(['(a)\\1', '(?<=a)b', '(?x) a', '[a', 'a{2,1}', '(?>a)'])('of a pattern, %s, is refused', (regex) => {
    expect(() => toPosix(regex)).toThrow(RangeError);
  });

  it('of a time is read, and refused where Snowflake has no such element', () => {
    expect(toTimeFormat('%Y-%m-%dT%H:%M:%S.%f%z')).toBe('YYYY-MM-DD"T"HH24:MI:SS.FF6TZHTZM');
    expect(() => toTimeFormat('%j')).toThrow('nothing like %j');
  });
});
