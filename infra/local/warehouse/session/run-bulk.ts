import { relationKey } from '../catalog/names.ts';
import { unsupported } from '../catalog/errors.ts';
import type { DuckDBValue } from '@duckdb/node-api';
import type { Value } from '../contract.ts';
import type { Lock } from '../engine/locks.ts';
import { splitStatements, type Statement } from '../sql/split.ts';
import { authorize } from './authorize.ts';
import { bindInOrder, duckValue } from './binds.ts';
import type { StatementContext } from './command.ts';
import { contextVariables } from './context-variables.ts';
import { dmlOutcome } from './dml-outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import { locksOf } from './run-translated.ts';

/** Rows that one INSERT takes at a time: each size is translated once, so there are few of them. */
const BATCHES = [256, 16, 1];

/** One statement to run, for one row of binds or for several of them. */
interface Piece {
  readonly plan: Plan;
  readonly values: readonly DuckDBValue[];
}

/** Runs a statement for each row of an array bind, in one transaction: INSERT ... VALUES takes many rows at a time. */
export const runBulk = async (context: StatementContext, rows: readonly (readonly Value[])[]): Promise<Outcome> => {
  const { session, statement, startedAt } = context;
  const list = valuesList(statement);
  const pieces: Piece[] = [];
  for (let at = 0; at < rows.length;) {
    const size = list === undefined ? 1 : BATCHES.find((batch) => batch <= rows.length - at)!;
    pieces.push(
      pieceFor(context, list === undefined ? statement : repeated(statement, list, size), rows.slice(at, at + size)),
    );
    at += size;
  }
  const plans = [...new Set(pieces.map(({ plan }) => plan))];
  const [first] = plans;
  if (first === undefined) throw unsupported('array binds without rows');
  if (first.translated.kind === 'select') throw unsupported('array binds in a query');
  const locks = new Map<string, Lock>(plans.flatMap(locksOf).map((lock) => [`${lock.key}\0${lock.mode}`, lock]));
  const touches = [...new Set(plans.flatMap(({ touched }) => [...touched.keys()]))];
  const writes = first.translated.writes.map(relationKey);
  const preamble = contextVariables(plans.flatMap(textsOf), session, statement.text, startedAt);
  const spec = { locks: [...locks.values()], touches, writes, repeatable: plans.every(({ repeatable }) => repeatable) };
  return context.change(spec, async (run) => {
    if (preamble !== undefined) await run(preamble);
    const sums = first.translated.statements.map(() => 0);
    for (const { plan, values } of pieces) {
      for (const [i, sql] of plan.translated.statements.entries())
        sums[i] = (sums[i] ?? 0) + (await run(sql, values)).rowsChanged;
    }
    return { result: dmlOutcome(first.translated, sums), counts: sums };
  });
};

const textsOf = ({ translated }: Plan): readonly string[] => translated.statements;

const pieceFor = (
  { session, warehouse }: StatementContext,
  statement: Statement,
  rows: readonly (readonly Value[])[],
): Piece => {
  const width = rows[0]?.length ?? 0;
  const { text, values } = bindInOrder(statement, { positional: rows.flatMap((row) => row.slice(0, width)) });
  const plan = warehouse.plans.plan(text, session);
  authorize(plan, session);
  return { plan, values: values.map(duckValue) };
};

/** Where the single list of `INSERT INTO t [(..)] VALUES (..)` begins and ends, if all its binds are `?` and nothing follows it. */
const valuesList = ({ tokens }: Statement): { open: number; close: number } | undefined => {
  const at = tokens.findIndex(({ kind, value }) => kind === 'word' && value === 'VALUES');
  const [open, close] = [tokens[at + 1], tokens.at(-2)];
  if (tokens[0]?.value !== 'INSERT' || at < 0 || open?.text !== '(' || close?.text !== ')') return undefined;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'bind' && (token.value !== '?' || i < at)) return undefined;
    if (i <= at || token.kind !== 'operator') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && token !== close) return undefined;
  }
  return { open: open.start, close: close.end };
};

const repeated = (
  { text, tokens }: Statement,
  { open, close }: { open: number; close: number },
  times: number,
): Statement => {
  const base = tokens[0]!.start;
  const list = text.slice(open - base, close - base);
  return splitStatements(text.slice(0, open - base) + Array.from({ length: times }, () => list).join(', '))[0]!;
};
