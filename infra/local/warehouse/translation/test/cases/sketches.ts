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
  [
    'SELECT BITMAP_TO_ARRAY(BITMAP_CONSTRUCT_AGG(BITMAP_BIT_POSITION(X)), 2) FROM VALUES (32769), (50000) T(X)',
    '[32769,50000]',
  ],
  [
    'SELECT BITMAP_COUNT(BITMAP_AND(BITMAP_CONSTRUCT_AGG(X), BITMAP_CONSTRUCT_AGG(Y))) FROM VALUES (1, 2), (2, 3) T(X, Y)',
    '1',
  ],
  [
    'SELECT BITMAP_COUNT(BITMAP_OR(BITMAP_CONSTRUCT_AGG(X), BITMAP_CONSTRUCT_AGG(Y))) FROM VALUES (1, 2), (2, 3) T(X, Y)',
    '3',
  ],
  [
    'SELECT BITMAP_COUNT(BITMAP_AND_AGG(B)) FROM (SELECT BITMAP_CONSTRUCT_AGG(X) B FROM VALUES (1, 1), (2, 1), (2, 2) T(X, G) GROUP BY G)',
    '1',
  ],
  [
    'SELECT DATASKETCHES_HLL_ESTIMATE(DATASKETCHES_HLL_COMBINE(S)) FROM (SELECT DATASKETCHES_HLL_ACCUMULATE(X) S FROM VALUES (1, 1), (2, 1), (2, 2) T(X, G) GROUP BY G)',
    '2',
  ],
  [
    'SELECT APPROX_TOP_K_ESTIMATE(APPROX_TOP_K_COMBINE(S), 2) FROM (SELECT APPROX_TOP_K_ACCUMULATE(X, 50) S FROM VALUES (1, 1), (5, 1), (6, 1), (5, 2), (6, 2), (7, 2) T(X, G) GROUP BY G)',
    '[[5,2],[6,2]]',
  ],
  [
    'SELECT APPROX_PERCENTILE_ESTIMATE(APPROX_PERCENTILE_COMBINE(S), 0.5) FROM (SELECT APPROX_PERCENTILE_ACCUMULATE(X) S FROM VALUES (1, 1), (5, 1), (3, 2) T(X, G) GROUP BY G)',
    3,
  ],
];
