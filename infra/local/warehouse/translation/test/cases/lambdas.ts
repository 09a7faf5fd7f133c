import type { Expression } from '../expression.ts';

/** Expressions and their values on Snowflake. */
export const LAMBDAS: readonly Expression[] = [
  ["FILTER([{'n': 1}, {'n': 5}], o OBJECT -> o:n > 2)", '[{"n":5}]'],
  ['FILTER([1, NULL, 3], x -> x IS NOT NULL)', '[1,3]'],
  ['FILTER(NULL, x -> TRUE)', null],
  ["TRANSFORM(['a', 'b'], x VARCHAR(5) -> UPPER(x))", '["A","B"]'],
  ["TRANSFORM([{'n': 1}], x -> x:n || '!')", '["1!"]'],
  ['TRANSFORM([[1, 2], [3]], x -> TRANSFORM(x, y INT -> y + 1))', '[[2,3],[4]]'],
  ['TRANSFORM([], x -> x)', '[]'],
  ['SELECT TRANSFORM(a, x INT -> x * f) FROM (SELECT [1, 2] a, 10 f)', '[10,20]'],
  ['SELECT TRANSFORM(a, x -> x) FROM (SELECT [1] a, 9 x)', '[1]'],
  ['REDUCE([1, NULL, 2], 0, (acc, x) -> acc + ZEROIFNULL(x))', 3],
  ["REDUCE(['a', 'b'], '', (acc, x) -> acc || x)", 'ab'],
  ['REDUCE([1, 2], [], (acc, x) -> ARRAY_PREPEND(acc, x))', '[2,1]'],
  ['REDUCE([], 7, (acc, x) -> acc + x)', 7],
  ['REDUCE([1, 2], 0, (acc INT, x INT) -> acc + x * x)', '5'],
  ['REDUCE(NULL, 0, (acc, x) -> acc)', null],
  ['FILTER([1], TRUE)', "!! Unsupported feature 'FILTER without a lambda of 1'"],
];
