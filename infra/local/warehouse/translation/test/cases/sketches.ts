import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake, of sets that are gathered and counted. */
export const SKETCHES: readonly Expression[] = [
  ["SELECT APPROX_TOP_K(column1, 2) FROM VALUES ('a'), ('b'), ('a'), ('b'), ('b'), ('c'), (NULL)", '[["b",3],["a",2]]'],
  ['SELECT APPROX_TOP_K(column1) FROM VALUES (1), (1), (2)', '[[1,2]]'],
  ['SELECT HLL_ESTIMATE(HLL_ACCUMULATE(column1)) FROM VALUES (1), (1), (2), (NULL)', '2'],
  [
    'SELECT HLL_ESTIMATE(HLL_COMBINE(s)) FROM (SELECT HLL_ACCUMULATE(column1) s FROM VALUES (1, 1), (2, 1), (2, 2), (3, 2) GROUP BY column2)',
    '3',
  ],
  [
    'SELECT SUM(BITMAP_COUNT(b)) FROM (SELECT BITMAP_CONSTRUCT_AGG(BITMAP_BIT_POSITION(column1)) b FROM VALUES (1), (2), (2), (40000) GROUP BY BITMAP_BUCKET_NUMBER(column1))',
    '3',
  ],
  [
    'SELECT BITMAP_COUNT(BITMAP_OR_AGG(b)) FROM (SELECT BITMAP_CONSTRUCT_AGG(column1) b FROM VALUES (1, 1), (2, 1), (2, 2), (3, 2) GROUP BY column2)',
    '3',
  ],
];
