import type { Fragment } from '../../../../shared/sql/statement.ts';
import { fragment } from '../../../../shared/sql/statement.ts';
import type { Compiled } from '../expectation.ts';
import { col } from './arguments.ts';

/** An expectation on the values of one column, where rows without a value have nothing to judge. */
export const ofColumn = (
  column: string,
  reason: string,
  broken: (value: Fragment) => Fragment,
  windowed = false,
): Compiled => {
  const value = col(column);
  return {
    column,
    reason,
    rule: { judges: 'rows', broken: broken(value), missing: fragment`${value} is null`, windowed },
  };
};
