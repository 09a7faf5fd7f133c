import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { compilationError, unsupported } from '../failures.ts';
import { unify } from '../rules/conditionals.ts';
import { fixed, REAL } from '../types.ts';
import type { Typed } from '../types.ts';
import { ROW_EVENTS } from './row-events.ts';

const rank =
  (duckName: string): FunctionRule =>
  (call) => {
    call.expect(0);
    return { sql: call.aggregate(duckName, ''), type: fixed(18, 0) };
  };

const share =
  (duckName: string): FunctionRule =>
  (call) => {
    call.expect(0);
    return { sql: call.aggregate(duckName, ''), type: REAL };
  };

const WHOLE = ' ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)';

/** FIRST_VALUE and its kin look at the whole partition where no frame is given, unlike DuckDB's. */
const wholePartition = (call: Call, sql: string): string => {
  const { over, framed } = call.parts;
  return over?.startsWith('(') && !framed ? sql.slice(0, -1) + WHOLE : sql;
};

const valueAt =
  (duckName: string, arity: number): FunctionRule =>
  (call) => {
    call.expect(arity);
    const rest = arity > 1 ? `, ${call.integer(1)}` : '';
    return { sql: wholePartition(call, call.aggregate(duckName, `${call.arg(0).sql}${rest}`)), type: call.arg(0).type };
  };

const neighbour =
  (duckName: 'lag' | 'lead'): FunctionRule =>
  (call): Typed => {
    call.expect(1, 3);
    const { type, sqls } = unify(call.has(2) ? [call.arg(0), call.arg(2)] : [call.arg(0)]);
    const rest = call.has(1) ? `, ${call.integer(1)}${sqls[1] === undefined ? '' : `, ${sqls[1]}`}` : '';
    return { sql: call.aggregate(duckName, `${sqls[0]}${rest}`), type };
  };

/** The nearest value that is there, before a row or behind it. */
const filled =
  (duckName: string, frame: string): FunctionRule =>
  (call) => {
    call.expect(1);
    const { over, framed } = call.parts;
    if (framed) throw compilationError('002303', '0A000', `Sliding window frame unsupported for function ${call.name}`);
    if (!over?.startsWith('(')) throw unsupported(`${call.name} without a window of its own`);
    return {
      sql: `${duckName}(${call.arg(0).sql} IGNORE NULLS) OVER ${over.slice(0, -1)} ROWS BETWEEN ${frame})`,
      type: call.arg(0).type,
    };
  };

const withOver = (rules: FunctionRules): FunctionRules =>
  Object.fromEntries(
    Object.entries(rules).map(([name, rule]): [string, FunctionRule] => [
      name,
      (call) => {
        if (call.parts.over === undefined)
          throw compilationError('002303', '42601', `Window function ${name} requires an OVER clause`);
        return rule(call);
      },
    ]),
  );

/** Functions that exist only with OVER. */
export const WINDOWS: FunctionRules = withOver({
  ...ROW_EVENTS,
  CUME_DIST: share('cume_dist'),
  DENSE_RANK: rank('dense_rank'),
  FIRST_VALUE: valueAt('first_value', 1),
  INTERPOLATE_BFILL: filled('first_value', 'CURRENT ROW AND UNBOUNDED FOLLOWING'),
  INTERPOLATE_FFILL: filled('last_value', 'UNBOUNDED PRECEDING AND CURRENT ROW'),
  LAG: neighbour('lag'),
  LAST_VALUE: valueAt('last_value', 1),
  LEAD: neighbour('lead'),
  NTH_VALUE: valueAt('nth_value', 2),
  NTILE: (call) => ({ sql: call.aggregate('ntile', call.integer(0)), type: fixed(18, 0) }),
  PERCENT_RANK: share('percent_rank'),
  RANK: rank('rank'),
  RATIO_TO_REPORT: (call) => {
    call.expect(1);
    return { sql: `(${call.real(0)} / nullif(${call.aggregate('sum', call.real(0))}, 0))`, type: REAL };
  },
  ROW_NUMBER: rank('row_number'),
});
