import type { Rule } from './context.ts';
import { add, divide, modulo, multiply, negate, subtract } from './rules/arithmetic.ts';
import { functionCall, windowCall, withinGroup } from './rules/calls.ts';
import { cast, tryCast } from './rules/casts.ts';
import { collate } from './rules/collate.ts';
import { column, dottedColumn, prior } from './rules/columns.ts';
import {
  between,
  differs,
  equals,
  isAtLeast,
  isAtMost,
  isDistinct,
  isGreater,
  isLess,
  isSame,
} from './rules/comparisons.ts';
import { concatenate } from './rules/concatenation.ts';
import { caseRule } from './rules/conditionals.ts';
import { booleanLiteral, literal, nullLiteral } from './rules/literals.ts';
import { and, isFalse, isNull, isTrue, not, or, paren } from './rules/logic.ts';
import { exists, inList, quantified, scalarSubquery } from './rules/membership.ts';
import { ilikeRule, likeRule, regexpRule } from './rules/patterns.ts';
import { arrayLiteral, objectLiteral, subscript } from './rules/variant-paths.ts';

/** The rule for each kind of node that can stand in a value's place. */
export const EXPRESSION_RULES: Readonly<Record<string, Rule>> = {
  add,
  aggregate_function: functionCall,
  all: quantified('ALL'),
  and,
  any: quantified('ANY'),
  array_func: arrayLiteral,
  between,
  boolean: booleanLiteral,
  case: caseRule,
  cast,
  collation: collate,
  column,
  concat: concatenate,
  div: divide,
  dot: dottedColumn,
  eq: equals,
  exists,
  function: functionCall,
  gt: isGreater,
  gte: isAtLeast,
  i_like: ilikeRule,
  in: inList,
  is_false: isFalse,
  is_null: isNull,
  is_true: isTrue,
  like: likeRule,
  literal,
  lt: isLess,
  lte: isAtMost,
  map_func: objectLiteral,
  mod: modulo,
  mul: multiply,
  neg: negate,
  neq: differs,
  not,
  null: nullLiteral,
  null_safe_eq: isSame,
  null_safe_neq: isDistinct,
  or,
  paren,
  prior,
  regexp_like: regexpRule,
  sub: subtract,
  subquery: scalarSubquery,
  subscript,
  try_cast: tryCast,
  window_function: windowCall,
  within_group: withinGroup,
};
