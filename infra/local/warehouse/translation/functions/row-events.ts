import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { Scope } from '../scope.ts';
import type { ScopeColumn } from '../scope.ts';
import { nodeAt, nodesAt, partsOf, textAt } from '../tree.ts';
import type { Parts } from '../tree.ts';
import { BOOLEAN, fixed } from '../types.ts';
import type { Typed } from '../types.ts';
import { MARK } from '../prepare/functions.ts';
import { windowOf } from '../window.ts';

const COUNT = fixed(18, 0);
const SO_FAR = ' ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)';

const soFar = (call: Call): string => {
  const { over, framed } = call.parts;
  if (!over?.startsWith('(') || framed) throw unsupported(`${call.name} without a window of its own`);
  return `${over.slice(0, -1)}${SO_FAR}`;
};

const isWindow = (node: unknown): boolean =>
  node !== null &&
  typeof node === 'object' &&
  ('window_function' in node || Object.values(node).some((part) => isWindow(part)));

/** What stands for a row in the expression until it is known which row it is. */
const ROW = '"the row"';

interface RowByRow {
  /** The expression for the row at a place, from 1, of the list `seen`. */
  readonly at: (place: string) => Typed;
  /** DuckDB's list of the rows up to each row, with what the expression needs of them. */
  readonly seen: string;
}

/** An expression with LAG in it, which DuckDB cannot nest in a window: the rows so far are gathered, and LAG looks into that list. */
const rowByRow = (call: Call, window: string): RowByRow => {
  const fields = new Map<string, string>();
  const inside = new Scope(undefined, call.scope);
  for (const source of call.scope.sources)
    inside.sources.push({ ...source, columns: source.columns.map((column) => held(column)) });
  inside.lagged = (parts) => lagged(parts);
  const found = call.context.expression(call.parts.nodes[0]!, inside);
  const row = [...fields].map(([sql, name]) => `'${name}': ${sql}`).join(', ');
  return {
    at: (place) => ({ ...found, sql: found.sql.replaceAll(ROW, `seen[${place}]`) }),
    seen: `list({${row || `'c': 1`}}) OVER ${window}`,
  };

  function held(column: ScopeColumn): ScopeColumn {
    return {
      name: column.name,
      type: column.type,
      get sql() {
        const name = fields.get(column.sql) ?? `c${fields.size}`;
        fields.set(column.sql, name);
        return `${ROW}.${name}`;
      },
    };
  }

  function lagged(parts: Parts): Typed {
    const inner = partsOf(nodeAt(parts, 'this')!);
    const name = textAt(inner, 'name')?.replace(MARK, '').toUpperCase();
    const [value, distance, otherwise] = nodesAt(inner, 'args');
    const same = windowOf(nodeAt(parts, 'over')!, call.context, call.scope).sql === call.parts.over;
    if (name !== 'LAG' || !value || !same || inner['ignore_nulls'] === true)
      throw unsupported(`${name ?? 'a window function'} within ${call.name}`);
    const steps = distance ? call.context.expression(distance, inside).sql : '1';
    const { sql, type } = call.context.expression(value, inside);
    const before = sql.replaceAll(ROW, `seen[place - ${steps}]`);
    const fallback: string = otherwise ? as(call.context.expression(otherwise, inside), type) : 'NULL';
    return { sql: `CASE WHEN place > ${steps} THEN ${before} ELSE ${fallback} END`, type };
  }
};

const hasWindow = (call: Call): boolean => isWindow(call.parts.nodes[0]);

/** Counts the true ones up to each row, one by one also where rows are equal in order. */
const trueEvents: FunctionRule = (call) => {
  call.expect(1);
  const window = soFar(call);
  if (!hasWindow(call)) return { sql: `count(CASE WHEN ${call.boolean(0)} THEN 1 END) OVER ${window}`, type: COUNT };
  const { at, seen } = rowByRow(call, window);
  const test = coerce(at('place'), BOOLEAN).sql;
  return {
    sql: `list_transform([${seen}], lambda seen: len(list_filter(range(1, len(seen) + 1), lambda place: ${test})))[1]`,
    type: COUNT,
  };
};

/** Counts the changes up to each row, from the list of all values so far: a window within a window DuckDB has not. */
const changeEvents: FunctionRule = (call) => {
  call.expect(1);
  const window = soFar(call);
  if (!hasWindow(call)) return { sql: `_sf.changes(list(${call.arg(0).sql}) OVER ${window})`, type: COUNT };
  const { at, seen } = rowByRow(call, window);
  return {
    sql: `list_transform([${seen}], lambda seen: _sf.changes(list_transform(range(1, len(seen) + 1), lambda place: ${at('place').sql})))[1]`,
    type: COUNT,
  };
};

/** Functions that number the rows by what happens from one to the next. */
export const ROW_EVENTS: FunctionRules = {
  CONDITIONAL_CHANGE_EVENT: changeEvents,
  CONDITIONAL_TRUE_EVENT: trueEvents,
};
