import * as z from 'zod';
import { fragment, trusted, type Fragment } from '../../../shared/sql/statement.ts';
import { all, any, col, isIn, Scalar } from './kinds/arguments.ts';
import { parseCondition } from './parse-condition.ts';

const Named = z.strictObject({ name: z.string().min(1).max(255) });
const Structured: z.ZodType<Structured> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('comparison'),
      column: Named,
      operator: z.enum(['==', '!=', '<', '<=', '>', '>=', 'IN', 'NOT_IN']),
      parameter: z.union([Scalar, z.array(Scalar).max(10_000)]),
    }),
    z.strictObject({ type: z.literal('nullity'), column: Named, is_null: z.boolean() }),
    z.strictObject({ type: z.literal('and'), conditions: z.array(Structured).max(100) }),
    z.strictObject({ type: z.literal('or'), conditions: z.array(Structured).max(100) }),
    z.strictObject({ type: z.literal('pass_through'), pass_through_filter: z.string().min(1).max(2000) }),
  ]),
);
type Structured =
  | { type: 'comparison'; column: { name: string }; operator: string; parameter: Scalar | Scalar[] }
  | { type: 'nullity'; column: { name: string }; is_null: boolean }
  | { type: 'and' | 'or'; conditions: Structured[] }
  | { type: 'pass_through'; pass_through_filter: string };

/** Which rows an expectation is about, in any of Great Expectations' spellings: text of its own language, of pandas or Spark, or an object. */
export const RowCondition = z.union([z.string().min(1).max(2000), Structured]);
export type RowCondition = z.infer<typeof RowCondition>;
export const ConditionParser = z.enum([
  'great_expectations',
  'great_expectations__experimental__',
  'ge',
  'pandas',
  'python',
  'spark',
  'spark_sql',
  'sql',
]);

/** The condition as a predicate on the rows `t`; throws, with what is wrong and where, for one that can't be told safely. */
export const toPredicate = (condition: RowCondition): Fragment => {
  if (typeof condition === 'string') return parseCondition(condition);
  switch (condition.type) {
    case 'and':
      return all(...condition.conditions.map(toPredicate));
    case 'or':
      return any(condition.conditions.map(toPredicate));
    case 'nullity':
      return fragment`${col(condition.column.name)} is ${trusted(condition.is_null ? 'null' : 'not null')}`;
    case 'pass_through':
      return parseCondition(condition.pass_through_filter);
    case 'comparison':
      return compare(col(condition.column.name), condition.operator, condition.parameter);
  }
};

const compare = (column: Fragment, operator: string, parameter: Scalar | Scalar[]): Fragment => {
  const isList = operator === 'IN' || operator === 'NOT_IN';
  if (isList !== Array.isArray(parameter)) throw new RangeError(`${operator} takes ${isList ? 'a list' : 'one value'}`);
  if (Array.isArray(parameter))
    return operator === 'IN' ? isIn(column, parameter) : fragment`not ${isIn(column, parameter)}`;
  return fragment`${column} ${trusted({ '==': '=', '!=': '<>' }[operator] ?? operator)} ${parameter}`;
};
