import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake. */
export const FLATTEN: readonly Expression[] = [
  [String.raw`SELECT COUNT(*) FROM TABLE(FLATTEN(PARSE_JSON('[1,2,3]')))`, '3'],
  [
    String.raw`SELECT LISTAGG(SEQ||':'||NVL(KEY,'-')||':'||NVL(PATH,'-')||':'||NVL(INDEX::VARCHAR,'-')||':'||VALUE, ' ') FROM TABLE(FLATTEN(PARSE_JSON('[1,77]')))`,
    '1:-:[0]:0:1 1:-:[1]:1:77',
  ],
  [
    String.raw`SELECT LISTAGG(KEY||'='||VALUE||'@'||PATH, ' ') WITHIN GROUP (ORDER BY KEY) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88]}')))`,
    'a=1@a b=[77,88]@b',
  ],
  [
    String.raw`SELECT LISTAGG(PATH, ' ') WITHIN GROUP (ORDER BY PATH) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88],"c":{"d":"X"}}'), RECURSIVE => TRUE))`,
    'a b b[0] b[1] c c.d',
  ],
  [
    String.raw`SELECT LISTAGG(PATH, ' ') WITHIN GROUP (ORDER BY PATH) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88],"c":{"d":"X"}}'), RECURSIVE => TRUE, MODE => 'OBJECT'))`,
    'a b c c.d',
  ],
  [String.raw`SELECT COUNT(*) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]'), OUTER => TRUE))`, '1'],
  [String.raw`SELECT COUNT(*) FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]')))`, '0'],
  [String.raw`SELECT VALUE FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1,"b":[77,88]}'), PATH => 'b')) LIMIT 1`, '77'],
  [
    String.raw`SELECT LISTAGG(f.VALUE::VARCHAR, ',') FROM (SELECT PARSE_JSON('[[1,2],[3]]') v) t, LATERAL FLATTEN(t.v) g, LATERAL FLATTEN(g.VALUE) f`,
    '1,2,3',
  ],
  [
    'SELECT ARRAY_AGG(x) WITHIN GROUP (ORDER BY x DESC) FROM (SELECT column1 x FROM VALUES (1), (3), (NULL), (2))',
    '[3,2,1]',
  ],
  ['SELECT ARRAY_AGG(DISTINCT x) WITHIN GROUP (ORDER BY x) FROM (SELECT column1 x FROM VALUES (1), (3), (1))', '[1,3]'],
  [
    String.raw`SELECT OBJECT_AGG(k, v) FROM (SELECT column1 k, column2::VARIANT v FROM VALUES ('b', 1), ('a', NULL), ('c', 3))`,
    '{"b":1,"c":3}',
  ],
  ['SELECT ARRAY_AGG(x) FROM (SELECT 1 x WHERE FALSE)', '[]'],
  [
    String.raw`SELECT OBJECT_AGG(k, v) FROM (SELECT column1 k, column2::VARIANT v FROM VALUES ('b', 1), ('b', 2))`,
    String.raw`!! Duplicate field key 'b'`,
  ],
  [
    "SELECT LISTAGG(index || value, ' ') WITHIN GROUP (ORDER BY index) FROM TABLE(SPLIT_TO_TABLE('a.b..c', '.'))",
    '1a 2b 3 4c',
  ],
  [
    "SELECT LISTAGG(t.n || s.value) WITHIN GROUP (ORDER BY t.n, s.index) FROM (VALUES (1, 'x y'), (2, NULL), (3, 'z')) t (n, v), LATERAL SPLIT_TO_TABLE(t.v, ' ') s",
    '1x1y3z',
  ],
  [
    "SELECT LISTAGG(value) WITHIN GROUP (ORDER BY seq, index) FROM (VALUES ('a.b'), ('')) t (v), LATERAL STRTOK_SPLIT_TO_TABLE(v, '.')",
    'ab',
  ],
  ['SELECT COUNT(*) FROM TABLE(FLATTEN(INPUT => NULL::VARIANT))', '0'],
  ['SELECT COUNT(*) FROM TABLE(FLATTEN(INPUT => NULL, OUTER => TRUE))', '1'],
];
