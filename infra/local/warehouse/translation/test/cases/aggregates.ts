import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake. */
export const AGGREGATES: readonly Expression[] = [
  [
    String.raw`SELECT SUM(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '43',
  ],
  [
    String.raw`SELECT AVG(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '10.750000',
  ],
  [
    String.raw`SELECT COUNT(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '4',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '5',
  ],
  [
    String.raw`SELECT COUNT(DISTINCT g) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '2',
  ],
  [
    String.raw`SELECT COUNT(DISTINCT g, x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '4',
  ],
  [
    String.raw`SELECT COUNT_IF(x > 5) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '2',
  ],
  [
    String.raw`SELECT MIN(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '1',
  ],
  [
    String.raw`SELECT MAX(g) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    'b',
  ],
  [
    String.raw`SELECT SUM(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) WHERE FALSE`,
    null,
  ],
  [
    String.raw`SELECT LISTAGG(x, '|') WITHIN GROUP (ORDER BY x DESC) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '30|10|2|1',
  ],
  [
    String.raw`SELECT LISTAGG(DISTINCT g, ',') WITHIN GROUP (ORDER BY g) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    'a,b',
  ],
  [
    String.raw`SELECT LISTAGG(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) WHERE FALSE`,
    '',
  ],
  [
    String.raw`SELECT MEDIAN(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '6.000',
  ],
  [
    String.raw`SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '6.000',
  ],
  [
    String.raw`SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '2',
  ],
  [
    String.raw`SELECT MODE(g) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    'b',
  ],
  [
    String.raw`SELECT APPROX_COUNT_DISTINCT(g) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '2',
  ],
  [
    String.raw`SELECT APPROX_PERCENTILE(x, 0.5) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '6',
  ],
  [
    String.raw`SELECT BOOLAND_AGG(x > 0) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    true,
  ],
  [
    String.raw`SELECT BOOLOR_AGG(x > 100) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    false,
  ],
  [
    String.raw`SELECT BOOLXOR_AGG(x > 20) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    true,
  ],
  [
    String.raw`SELECT BOOLXOR_AGG(x > 5) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    false,
  ],
  ['SELECT BITAND_AGG(x) FROM (SELECT column1 x FROM VALUES (15), (26), (12), (14), (8))', 8],
  ['SELECT BITOR_AGG(x) FROM (SELECT column1 x FROM VALUES (15), (26), (12), (14), (8))', 31],
  ['SELECT BITXOR_AGG(x) FROM (SELECT column1 x FROM VALUES (15), (26), (12), (14), (8))', 31],
  [
    String.raw`SELECT ANY_VALUE(g) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) WHERE g = 'a'`,
    'a',
  ],
  [
    String.raw`SELECT MIN_BY(g, x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    'a',
  ],
  [
    String.raw`SELECT MAX_BY(g, x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    'b',
  ],
  ['SELECT STDDEV(x) FROM (SELECT column1 x FROM VALUES (1), (2), (3))', 1],
  ['SELECT VAR_POP(x) FROM (SELECT column1 x FROM VALUES (1), (3))', 1],
  [
    String.raw`SELECT CORR(x, x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    1,
  ],
  [
    String.raw`SELECT LISTAGG(s, ';') WITHIN GROUP (ORDER BY s) FROM (SELECT NVL(g, '*') || SUM(x) s FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) GROUP BY ROLLUP(g))`,
    '*43;a3;b40',
  ],
  [
    String.raw`SELECT LISTAGG(s, ';') WITHIN GROUP (ORDER BY s) FROM (SELECT NVL(g, '*') || GROUPING(g) s FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) GROUP BY CUBE(g))`,
    '*1;a0;b0',
  ],
  [
    String.raw`SELECT LISTAGG(s, ';') WITHIN GROUP (ORDER BY s) FROM (SELECT NVL(g, '-') || NVL(x::VARCHAR, '-') s FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) GROUP BY GROUPING SETS (g, x))`,
    '--;-1;-10;-2;-30;a-;b-',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT g, COUNT(*) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) GROUP BY ALL)`,
    '2',
  ],
  ['SELECT SKEW(x) FROM (SELECT column1 x FROM VALUES (1), (2), (3), (10))', 1.763632614803888],
  [
    String.raw`SELECT COUNT(DISTINCT HASH(x)) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    '5',
  ],
  [
    String.raw`SELECT HASH_AGG(x) = (SELECT HASH_AGG(x) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))) FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    true,
  ],
  [
    String.raw`SELECT HASH_AGG(*) IS NULL FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30))`,
    false,
  ],
  ['SELECT SUM(x) FROM (SELECT 1.5::NUMBER(10,2) x)', '1.50'],
  ['SELECT AVG(x) FROM (SELECT 1.5::NUMBER(10,2) x)', '1.50000000'],
  ['SELECT ARRAY_UNIQUE_AGG(x) FROM (SELECT column1 x FROM VALUES (1), (1))', '[1]'],
  ['SELECT MAX(x) FROM (SELECT column1::VARIANT x FROM VALUES (9), (10))', '10'],
  ['SELECT MAX_BY(COLUMN1, COLUMN2, 2) FROM VALUES (1, 10), (2, 30), (3, 20)', '[2,3]'],
  ['SELECT MIN_BY(COLUMN1, COLUMN2, 5) FROM VALUES (1, 10), (2, 30), (3, 20)', '[1,3,2]'],
  ['SELECT BOOLXOR_AGG(COLUMN1) FROM VALUES (TRUE), (TRUE)', false],
  ['SELECT BOOLXOR_AGG(COLUMN1) FROM VALUES (TRUE), (NULL)', true],
  ['SELECT BOOLXOR_AGG(COLUMN1) FROM VALUES (NULL::BOOLEAN)', null],
  ['SELECT REGR_SXY(column2, column1) FROM VALUES (1, 2), (2, 4), (3, 7)', 5],
  ['SELECT SUM(SUM(column1)) FROM VALUES (1)', '!! Aggregate functions cannot be nested'],
  ['SELECT column1 FROM VALUES (1) HAVING column1 > 1', '!! is not a valid group by expression'],
  ['SELECT COUNT(t.*) FROM VALUES (1, 2), (1, NULL) t', '1'],
  ["SELECT COUNT(* ILIKE '%1') FROM VALUES (1, 2), (1, NULL) t", '2'],
  ['SELECT COUNT(* EXCLUDE column1) FROM VALUES (1, 2), (1, NULL) t', '1'],
  ['SELECT VAR_SAMP(column1) FROM VALUES (10), (20), (25), (30)', '72.916667'],
  ['SELECT VAR_POP(column1::NUMBER(10,2)) FROM VALUES (10), (20), (25), (30)', '54.6875000000'],
  ['SELECT CORR(X, Y) FROM (SELECT 1 X, 2 Y)', null],
  ['SELECT REGR_SLOPE(Y, X) FROM (SELECT 1 X, 2 Y)', null],
  ['SELECT REGR_INTERCEPT(Y, X) FROM (SELECT 1 X, 2 Y)', null],
  [`SELECT CORR('NaN'::FLOAT, 1)`, 'NaN'],
  ['SELECT MAX_BY(X, Y, 2) FROM VALUES (1, 5), (2, 9), (3, 9), (4, NULL) T(X, Y)', '[2,3]'],
  ['SELECT MIN_BY(X, Y, 5) FROM VALUES (1, 5), (2, 9), (3, 5), (4, NULL) T(X, Y)', '[1,3,2]'],
  [
    `SELECT ARRAY_UNION_AGG(A) FROM (SELECT PARSE_JSON('[2, 2, 1]') A UNION ALL SELECT PARSE_JSON('[1, 2, 3]'))`,
    '[2,2,1,3]',
  ],
  [
    'SELECT SUM(X) FROM (SELECT 90000000000000000000000000000000000000::NUMBER(38,0) X UNION ALL SELECT 90000000000000000000000000000000000000)',
    '!! Number out of representable range',
  ],
  [
    'SELECT AVG(X) FROM (SELECT 90000000000000000000000000000000000000::NUMBER(38,0) X UNION ALL SELECT 90000000000000000000000000000000000000)',
    '!! Number out of representable range',
  ],
  [
    'SELECT SUM(X) OVER () FROM (SELECT 45000000000000000000000000000000000000::NUMBER(38,0) X UNION ALL SELECT 45000000000000000000000000000000000000) LIMIT 1',
    '90000000000000000000000000000000000000',
  ],
  [
    'SELECT MEDIAN(X) FROM (SELECT 12345678901234567890::INT X UNION ALL SELECT 12345678901234567891)',
    `!! Unsupported feature 'MEDIAN of numbers with more than`,
  ],
  ['SELECT MEDIAN(X) FROM (SELECT 123456789012::INT X UNION ALL SELECT 123456789011)', '123456789011.500'],
  ['SELECT PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY X) FROM VALUES (1), (2), (4) T(X)', '1.500'],
  ['SELECT STDDEV_POP(X)::VARCHAR FROM VALUES (6), (10), (14) T(X)', '3.26598637474194'],
  ['SELECT STDDEV(X)::VARCHAR FROM VALUES (0.75), (0.50), (0.65) T(X)', '0.125830573788726'],
];
