import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake. */
export const WINDOWS: readonly Expression[] = [
  [
    String.raw`SELECT SUM(r) FROM (SELECT x, ROW_NUMBER() OVER (PARTITION BY g ORDER BY x) r FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) QUALIFY r = 1)`,
    '2',
  ],
  [
    String.raw`SELECT LISTAGG(RR, ',') FROM (SELECT ROUND(RATIO_TO_REPORT(x) OVER (), 2) RR FROM (SELECT column1 g, column2 x FROM VALUES ('a', 1), ('a', 2), ('b', 10), ('b', NULL), ('b', 30)) WHERE g = 'a' ORDER BY x)`,
    '0.33,0.67',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, CONDITIONAL_CHANGE_EVENT(column2) OVER (ORDER BY column1) c FROM VALUES (1, 'a'), (2, 'a'), (3, 'b'), (4, NULL), (5, 'a'))`,
    '0,0,1,1,1',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, CONDITIONAL_TRUE_EVENT(column2 > 1) OVER (ORDER BY column1) c FROM VALUES (1, 1), (2, 2), (3, 1), (4, 3))`,
    '0,1,1,2',
  ],
  [
    String.raw`SELECT LISTAGG(NVL(c::VARCHAR, '-'), ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, NTH_VALUE(column1, 2) OVER (ORDER BY column1) c FROM VALUES (1), (2), (3))`,
    '2,2,2',
  ],
  [
    String.raw`SELECT LISTAGG(NVL(c::VARCHAR, '-'), ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, LAG(column2) IGNORE NULLS OVER (ORDER BY column1) c FROM VALUES (1, 5), (2, NULL), (3, 7), (4, 8))`,
    '-,5,5,7',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, FIRST_VALUE(column2 IGNORE NULLS) OVER (ORDER BY column1) c FROM VALUES (1, NULL), (2, 4))`,
    '4,4',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, SUM(column1) OVER (ORDER BY column1) c FROM VALUES (1), (2), (3))`,
    '1,3,6',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, SUM(column1) OVER (ORDER BY column1 ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) c FROM VALUES (1), (2), (3))`,
    '1,3,5',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, LAST_VALUE(column1) OVER (ORDER BY column1) c FROM VALUES (1), (2), (3))`,
    '3,3,3',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, NTILE(2) OVER (ORDER BY column1) c FROM VALUES (1), (2), (3))`,
    '1,1,2',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, PERCENT_RANK() OVER (ORDER BY column1) c FROM VALUES (1), (2), (3))`,
    '0,0.5,1',
  ],
  [
    String.raw`SELECT LISTAGG(c, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT column1 n, LEAD(column1, 1, 0) OVER (ORDER BY column1) c FROM VALUES (1), (2), (3))`,
    '2,3,0',
  ],
  [
    "SELECT LISTAGG(e, ',') WITHIN GROUP (ORDER BY n) FROM (SELECT COLUMN1 AS n, CONDITIONAL_TRUE_EVENT(COLUMN2 > 1) OVER (ORDER BY COLUMN1) AS e FROM VALUES (1, 1), (2, 5), (3, NULL), (4, 2))",
    '0,1,1,2',
  ],
  [
    'SELECT MAX(e) FROM (SELECT CONDITIONAL_TRUE_EVENT(COLUMN1 = 1) OVER (PARTITION BY COLUMN2 ORDER BY COLUMN2) AS e FROM VALUES (1, 1), (1, 1), (1, 2))',
    2,
  ],
  [
    "SELECT LISTAGG(s, ',') WITHIN GROUP (ORDER BY d) FROM (SELECT d, SUM(v) OVER (ORDER BY d RANGE BETWEEN INTERVAL '1 day' PRECEDING AND CURRENT ROW) s FROM (SELECT column1::DATE d, column2 v FROM VALUES ('2024-01-01', 1), ('2024-01-02', 2), ('2024-01-04', 4)))",
    '1,3,4',
  ],
  ['RANK()', '!! requires an OVER clause'],
  [
    `SELECT LISTAGG(F, ',') FROM (SELECT NVL(INTERPOLATE_FFILL(X) OVER (ORDER BY Y), 0) F FROM VALUES (NULL, 1), (4, 2), (NULL, 3) T(X, Y))`,
    '0,4,4',
  ],
  [
    `SELECT LISTAGG(F, ',') FROM (SELECT NVL(INTERPOLATE_BFILL(X) OVER (ORDER BY Y), 0) F FROM VALUES (NULL, 1), (4, 2), (NULL, 3) T(X, Y))`,
    '4,4,0',
  ],
  [
    'SELECT MAX(N) FROM (SELECT NTH_VALUE(X, 2) FROM FIRST IGNORE NULLS OVER (ORDER BY Y) N FROM VALUES (1, 1), (NULL, 2), (3, 3) T(X, Y))',
    '3',
  ],
  ['SELECT NTH_VALUE(X, 2) FROM LAST OVER (ORDER BY X) FROM VALUES (1) T(X)', '!! NTH_VALUE ... FROM LAST'],
  [
    `SELECT LISTAGG(N, ',') WITHIN GROUP (ORDER BY O) FROM (SELECT O, CONDITIONAL_TRUE_EVENT(LAG(O) OVER (PARTITION BY P ORDER BY O) > 1) OVER (PARTITION BY P ORDER BY O) N FROM VALUES (1, 1), (1, 2), (1, 3), (2, 4), (2, 5) T(P, O))`,
    '0,0,1,0,1',
  ],
  [
    `SELECT LISTAGG(N, ',') WITHIN GROUP (ORDER BY O) FROM (SELECT O, CONDITIONAL_TRUE_EVENT(O - LAG(O, 1, 0) OVER (ORDER BY O) > 5) OVER (ORDER BY O) N FROM VALUES (1), (2), (10), (11), (20) T(O))`,
    '0,0,1,1,2',
  ],
  [
    `SELECT LISTAGG(N, ',') WITHIN GROUP (ORDER BY O) FROM (SELECT O, CONDITIONAL_CHANGE_EVENT(O > LAG(O) OVER (ORDER BY O) + 1) OVER (ORDER BY O) N FROM VALUES (1), (2), (10), (11) T(O))`,
    '0,0,1,2',
  ],
  [
    'SELECT CONDITIONAL_TRUE_EVENT(LEAD(O) OVER (ORDER BY O) > 1) OVER (ORDER BY O) FROM VALUES (1) T(O)',
    '!! LEAD within CONDITIONAL_TRUE_EVENT',
  ],
  ['SELECT MAX(S) FROM (SELECT SUM(X) OVER (ORDER BY X) S FROM VALUES (1::NUMBER(38,0)), (2) T(X))', '3'],
  [
    'SELECT MAX(S) FROM (SELECT SUM(X) OVER (ORDER BY X) S FROM VALUES (9e37::NUMBER(38,0)), (8e37::NUMBER(38,0)) T(X))',
    "!! Unsupported feature 'a window over numbers whose sum may have more than 38 digits'",
  ],
  [
    'SELECT MAX(S) FROM (SELECT SUM(X) OVER () S FROM VALUES (9e37::NUMBER(38,0)), (8e37::NUMBER(38,0)) T(X))',
    '!! Number out of representable range',
  ],
];
