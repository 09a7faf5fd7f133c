import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake. */
export const JOINS_AND_SETS: readonly Expression[] = [
  [
    String.raw`SELECT COUNT(*) FROM (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) UNION SELECT 1)`,
    '3',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) UNION ALL SELECT 1)`,
    '4',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) EXCEPT SELECT 1)`,
    '2',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) MINUS SELECT 1)`,
    '2',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) INTERSECT SELECT 1)`,
    '1',
  ],
  ['SELECT COUNT(*) FROM (SELECT 1 a, 2 b UNION ALL BY NAME SELECT 2 b, 1 a)', '2'],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a NATURAL JOIN (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) b`,
    '2',
  ],
  [
    String.raw`SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a JOIN (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) b USING (id) WHERE id = 2`,
    '2',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a FULL OUTER JOIN (SELECT 9 id) b ON a.id = b.id`,
    '4',
  ],
  [
    String.raw`SELECT COUNT(*) FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a CROSS JOIN (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) b`,
    '9',
  ],
  [
    String.raw`SELECT x FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a, LATERAL (SELECT a.id * 2 x) WHERE a.id = 2`,
    '4',
  ],
  ['WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT SUM(n) FROM c', '15'],
  ['WITH c AS (SELECT 1 n UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT SUM(n) FROM c', '15'],
  ['WITH a AS (SELECT 1 x), b AS (SELECT x + 1 y FROM a) SELECT y FROM b', '2'],
  [
    String.raw`SELECT q.v FROM (SELECT 5 t) s ASOF JOIN (SELECT column1 t, column2 v FROM VALUES (1, 'x'), (4, 'y'), (6, 'z')) q MATCH_CONDITION (s.t >= q.t)`,
    'y',
  ],
  ['SELECT DISTINCT g FROM (SELECT 1 g UNION ALL SELECT 1)', '1'],
  [
    String.raw`SELECT id FROM (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) a JOIN (SELECT column1 id, column2 n FROM VALUES (1, 'a'), (2, 'b'), (3, NULL)) b ON TRUE`,
    String.raw`!! ambiguous column name 'ID'`,
  ],
  ['SELECT c FROM (SELECT 1 a, 2 b UNION ALL BY NAME SELECT 3 b, 4 c) ORDER BY c DESC LIMIT 1', null],
  ['SELECT COUNT(*) FROM (SELECT 1 a, 2 b UNION BY NAME SELECT 2 b, 1 a)', '1'],
  [
    'SELECT LISTAGG(q.v) WITHIN GROUP (ORDER BY s.t) FROM (VALUES (5), (9)) s (t) ASOF JOIN (VALUES (1, 1), (4, 2), (6, 3)) q (t, v) MATCH_CONDITION (s.t <= q.t)',
    '3',
  ],
  [
    "SELECT COUNT(q.t) FROM (VALUES ('a', 5), ('b', 5)) s (k, t) ASOF JOIN (VALUES ('a', 1)) q (k, t) MATCH_CONDITION (s.t > q.t) USING (k)",
    '1',
  ],
  [
    "SELECT LISTAGG(a.x || ':' || NVL(b.y, '-')) WITHIN GROUP (ORDER BY a.x) FROM (SELECT column1 x FROM VALUES (1), (2)) a, (SELECT column1 x, column2 y FROM VALUES (1, 'p'), (2, 'q')) b WHERE a.x = b.x(+) AND b.y(+) = 'p'",
    '1:p2:-',
  ],
  ['SELECT COUNT(*) FROM (SELECT 1 x) a, (SELECT 2 x) b, (SELECT 2 x) c WHERE a.x = b.x(+) AND b.x = c.x(+)', '1'],
  ['SELECT 1 FROM (SELECT 1 x) a WHERE a.x = x(+)', '!! (+) on a column without its table'],
  [
    `SELECT J.X FROM (SELECT 'abcdef' COL) T LEFT JOIN (SELECT 'def' COL, 1 X) J ON AL = J.COL QUALIFY SUBSTR(T.COL, 4) IS NOT NULL AND ROW_NUMBER() OVER (ORDER BY 1) = 1`,
    '!! invalid identifier',
  ],
  [
    `SELECT J.X + LENGTH(AL) FROM (SELECT SUBSTR(T.COL, 4) AS AL, J.X FROM (SELECT 'abcdef' COL) T LEFT JOIN (SELECT 'def' COL, 1 X) J ON AL = J.COL) J`,
    '4',
  ],
];
