import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake. */
export const QUERIES: readonly Expression[] = [
  [
    String.raw`SELECT * EXCLUDE (id) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY id LIMIT 1`,
    'a',
  ],
  [
    String.raw`SELECT * EXCLUDE id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) WHERE id = 2`,
    'b',
  ],
  [
    String.raw`SELECT * REPLACE (id * 10 AS id) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) WHERE id = 2`,
    '20',
  ],
  [
    String.raw`SELECT * RENAME (id AS k) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) WHERE id = 2`,
    '2',
  ],
  [
    String.raw`SELECT * ILIKE '%D' FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) WHERE id = 2`,
    '2',
  ],
  [
    String.raw`SELECT t.* EXCLUDE n FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) t WHERE id = 3`,
    '3',
  ],
  ['SELECT $1 FROM VALUES (1), (2) ORDER BY 1 DESC LIMIT 1', '2'],
  ['SELECT v.column1 FROM (VALUES (1), (2)) v WHERE v.column1 = 2', '2'],
  ['SELECT c FROM (VALUES (1), (2)) AS v (c) WHERE c = 2', '2'],
  ['SELECT b FROM (SELECT 1 AS a, a + 1 AS b)', '2'],
  [
    String.raw`SELECT id AS k FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) WHERE k = 2`,
    '2',
  ],
  [
    String.raw`SELECT SUM(id) AS s FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) HAVING s > 1`,
    '6',
  ],
  [
    String.raw`SELECT n FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY n LIMIT 1`,
    'a',
  ],
  [
    String.raw`SELECT n FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY n DESC LIMIT 1`,
    null,
  ],
  [
    String.raw`SELECT n FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY n DESC NULLS LAST LIMIT 1`,
    'b',
  ],
  [
    String.raw`SELECT TOP 1 id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY id DESC`,
    '3',
  ],
  [
    String.raw`SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY`,
    '2',
  ],
  [
    String.raw`SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) ORDER BY id LIMIT 1 OFFSET 2`,
    '3',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) LIMIT NULL)`,
    '3',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a, (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) b WHERE a.id = b.id`,
    '3',
  ],
  ['SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 5))', '5'],
  ['SELECT MAX(SEQ4()) FROM TABLE(GENERATOR(ROWCOUNT => 5))', '4'],
  ['SELECT ROW_NUMBER() OVER (ORDER BY SEQ4()) FROM TABLE(GENERATOR(ROWCOUNT => 1))', '1'],
  [
    String.raw`SELECT "'jan'" FROM (SELECT column1 m, column2 v FROM VALUES ('jan', 1), ('jan', 2), ('feb', 5)) PIVOT (SUM(v) FOR m IN ('jan', 'feb'))`,
    '3',
  ],
  [
    String.raw`SELECT j FROM (SELECT column1 m, column2 v FROM VALUES ('jan', 1), ('feb', 5)) PIVOT (SUM(v) FOR m IN ('jan', 'feb')) AS p (j, f)`,
    '1',
  ],
  [
    String.raw`SELECT LISTAGG(m || v, ',') WITHIN GROUP (ORDER BY m) FROM (SELECT 1 jan, 2 feb) UNPIVOT (v FOR m IN (jan, feb))`,
    'FEB2,JAN1',
  ],
  ['SELECT COUNT(*) FROM (SELECT 1 jan, NULL::INT feb) UNPIVOT INCLUDE NULLS (v FOR m IN (jan, feb))', '2'],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) SAMPLE (100)`,
    '3',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) MATCH_RECOGNIZE (ORDER BY id PATTERN (a) DEFINE a AS TRUE)`,
    '!! MATCH_RECOGNIZE',
  ],
  [
    String.raw`SELECT (SELECT MAX(id) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)))`,
    '3',
  ],
  [
    String.raw`SELECT EXISTS (SELECT 1 FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) WHERE id = 9)`,
    false,
  ],
  [
    String.raw`SELECT 2 IN (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)))`,
    true,
  ],
  [
    String.raw`SELECT 9 NOT IN (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)))`,
    true,
  ],
  [
    String.raw`SELECT 3 >= ALL (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)))`,
    true,
  ],
  [String.raw`SELECT 'abc' LIKE ANY ('x%', 'a%') AS m`, true],
  [String.raw`SELECT (1, 'a') = (1, 'a') AS m`, true],
  [String.raw`SELECT 'abc' NOT LIKE ANY ('x%', 'y%') AS m`, true],
  [String.raw`SELECT 'abc' ILIKE ANY ('X%', 'A%') m`, true],
  ['SELECT "a" FROM (SELECT 1 AS "a")', '1'],
  ['SELECT A FROM (SELECT 1 AS "a")', String.raw`!! invalid identifier 'A'`],
  ['SELECT "A" FROM (SELECT 1 AS a)', '1'],
  ['SELECT x y FROM (SELECT 1 x)', '1'],
  ['SELECT COUNT(*) FROM (SELECT DISTINCT column1 FROM VALUES (1), (1), (2))', '2'],
  ['SELECT 1 WHERE FALSE', null],
  [
    String.raw`SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) QUALIFY ROW_NUMBER() OVER (ORDER BY id DESC) = 1`,
    '3',
  ],
  [
    String.raw`SELECT id, n FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) GROUP BY 1, 2 ORDER BY 1 LIMIT 1`,
    '1',
  ],
  [
    String.raw`SELECT id, COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL))`,
    '!! is not a valid group by expression',
  ],
  [
    String.raw`SELECT nope FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL))`,
    String.raw`!! invalid identifier 'NOPE'`,
  ],
  ['SELECT FROM', '!! syntax error'],
  [
    "SELECT LISTAGG(id, ',') WITHIN GROUP (ORDER BY id) FROM (SELECT id FROM (SELECT column1 id, column2 boss, column3 job FROM VALUES (1, NULL, 'head'), (10, 1, 'lead'), (100, 10, 'hand'), (101, 10, 'eye')) START WITH job = 'lead' CONNECT BY boss = PRIOR id)",
    '10,100,101',
  ],
  [
    "SELECT SYS_CONNECT_BY_PATH(job, '/') FROM (SELECT column1 id, column2 boss, column3 job FROM VALUES (1, NULL, 'head'), (10, 1, 'lead'), (100, 10, 'hand'), (101, 10, 'eye')) START WITH boss IS NULL CONNECT BY PRIOR id = boss ORDER BY id DESC LIMIT 1",
    '/head/lead/eye',
  ],
  [
    "SELECT LEVEL FROM (SELECT column1 id, column2 boss, column3 job FROM VALUES (1, NULL, 'head'), (10, 1, 'lead'), (100, 10, 'hand'), (101, 10, 'eye')) WHERE id = 100 START WITH id = 1 CONNECT BY boss = PRIOR id",
    '3',
  ],
  [
    "SELECT CONNECT_BY_ROOT e.job FROM (SELECT column1 id, column2 boss, column3 job FROM VALUES (1, NULL, 'head'), (10, 1, 'lead'), (100, 10, 'hand'), (101, 10, 'eye')) e START WITH e.id = 10 CONNECT BY e.boss = PRIOR e.id ORDER BY id DESC LIMIT 1",
    'lead',
  ],
  [
    "SELECT COUNT(*) FROM (SELECT column1 id, column2 boss, column3 job FROM VALUES (1, NULL, 'head'), (10, 1, 'lead'), (100, 10, 'hand'), (101, 10, 'eye')) CONNECT BY boss = PRIOR id",
    '9',
  ],
  [
    "SELECT \"'feb'\" FROM (SELECT column1 m, column2 v FROM VALUES ('jan', 1), ('feb', NULL)) PIVOT (SUM(v) FOR m IN ('jan', 'feb') DEFAULT ON NULL (0))",
    '0',
  ],
  [
    "SELECT J_TOTAL FROM (SELECT column1 m, column2 v FROM VALUES ('jan', 1), ('feb', NULL)) PIVOT (SUM(v) AS total FOR m IN ('jan' AS j, 'feb'))",
    '1',
  ],
  [
    "SELECT * FROM (SELECT column1 m, column2 v FROM VALUES ('jan', 1), ('feb', NULL)) PIVOT (SUM(v) FOR m IN (ANY ORDER BY m))",
    null,
  ],
  ['SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 100)) SAMPLE (7 ROWS)', '7'],
  ['SELECT COUNT(*) FROM TABLE(GENERATOR(ROWCOUNT => 100)) TABLESAMPLE BERNOULLI (0)', '0'],
  ['SELECT COUNT(*) FROM (SELECT 1 a) x SAMPLE ROW (100) SEED (42)', '1'],
  ['SELECT COUNT(*) FROM (SELECT 1 a) SAMPLE (101)', '!! is not in the range from 0 to 100'],
  ["SELECT IDENTIFIER('a') FROM (SELECT 7 a)", '7'],
  ["SELECT GETVARIABLE('NEVER_SET')", null],
  ["SET CALLED = 'upper';\nSELECT IDENTIFIER($CALLED)('a')", 'A'],
  ["SET SOME_NAME = 'x';\nSELECT GETVARIABLE('some_name')", null],
  ['WITH p AS PROCEDURE (x INT) RETURNS INT LANGUAGE SQL AS $$ BEGIN RETURN x; END $$ CALL p(1)', '1'],
  [String.raw`SELECT format || interval || binary FROM (SELECT 'f' AS format, 'i' AS interval, 'b' AS binary)`, 'fib'],
  ["SELECT body FROM (VALUES ('x')) AS body (body)", 'x'],
  ['SELECT 1 AS a QUALIFY a > 0', '!! found QUALIFY clause but no window function.'],
  ['SELECT SUM(column1) OVER (ORDER BY LAG(column1) OVER (ORDER BY 1)) FROM VALUES (1)', '!! Unsupported feature'],
  ['SELECT column1 FROM VALUES (1) WHERE SUM(column1) > 0', '!! Invalid aggregate function in where clause'],
  ['SELECT COUNT(DISTINCT RANDOM(7)) FROM TABLE(GENERATOR(ROWCOUNT => 20))', '20'],
  ['SELECT COUNT_IF(RANDOM(7) <> RANDOM(7)) FROM TABLE(GENERATOR(ROWCOUNT => 20))', '0'],
  ["SET d = '2024-02-29'::DATE;\nSELECT DATEADD(year, 1, $d)", '2025-02-28'],
  ["SET t = '2024-02-29 10:00:00.5 +02:00'::TIMESTAMP_TZ;\nSELECT $t", '2024-02-29 10:00:00.500 +0200'],
  ['SET now = CURRENT_TIMESTAMP();\nSELECT $now = CURRENT_TIMESTAMP()', true],
  ["SET (a, b) = (SELECT 2, 'y');\nSELECT $a || $b", '2y'],
  ['SELECT $nowhere', "!! Session variable '$NOWHERE' does not exist"],
  [
    "SELECT LISTAGG($1 || $2 || NVL($3::VARCHAR, '-'), ' ') WITHIN GROUP (ORDER BY $1) FROM (SELECT * FROM (SELECT column1 id, column2 q, column3 n FROM VALUES (1, 'b', 2), (1, 'a', 3), (2, 'a', 4)) PIVOT(SUM(n) FOR q IN (ANY ORDER BY q)))",
    '132 24-',
  ],
  [
    "WITH s AS (SELECT column1 id, column2 q, column3 n FROM VALUES (1, 'b', 2), (1, 'a', 3)) SELECT * EXCLUDE id FROM s PIVOT(AVG(n) FOR q IN (SELECT DISTINCT q FROM s WHERE q > 'a'))",
    '2.000000',
  ],
  ['SELECT * FROM ((SELECT 1 AS a)) t', '1'],
  ['SELECT CURRENT_SCHEMAS()', '["TEST.PUBLIC"]'],
  ["SELECT IS_ROLE_IN_SESSION('SYSADMIN')", true],
  ["SELECT IS_ROLE_IN_SESSION('NOBODY')", false],
  ['USE SECONDARY ROLES NONE;\nSELECT CURRENT_SECONDARY_ROLES()', '{"roles":"","value":""}'],
  ['SELECT * FROM TABLE(GENERATOR(ROWCOUNT => 2))', '!! SELECT with no columns'],
  ["SELECT column1 AS n FROM VALUES (1), (2) ->> SELECT SUM(n) FROM $1 ->> SELECT 'sum ' || $1 FROM $1", 'sum 3'],
  ['SELECT * EXCLUDE (A) REPLACE (B + 1 AS B) FROM (SELECT 1 A, 2 B)', '3'],
  [`SELECT * ILIKE '%b%' REPLACE (B + 1 AS B) FROM (SELECT 1 A, 2 B)`, '3'],
  ['SELECT * FROM SEMANTIC_VIEW(X METRICS A.B)', `!! Unsupported feature 'SEMANTIC_VIEW'`],
  [`CAST({'a': 1}::OBJECT(a INT) AS OBJECT(b INT) RENAME FIELDS)`, `!! Unsupported feature 'RENAME FIELDS'`],
  [
    'WITH T AS (SELECT 1 ID), U AS (SELECT 1 ID, 5 W) SELECT (SELECT W FROM U WHERE U.ID = T.ID LIMIT 1) FROM T',
    '!! Unsupported subquery type cannot be evaluated',
  ],
  [
    'WITH T AS (SELECT 1 ID), U AS (SELECT 1 ID, 5 W) SELECT (SELECT W FROM U LIMIT 1) + (SELECT MAX(W) FROM U WHERE U.ID = T.ID) FROM T',
    '10',
  ],
  [`IDENTIFIER('upper')('x')`, 'X'],
];
