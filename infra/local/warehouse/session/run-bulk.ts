import type { DuckDBValue } from '@duckdb/node-api';
import { unsupported } from '../catalog/errors.ts';
import { relationKey } from '../catalog/names.ts';
import type { Value } from '../contract.ts';
import { PARAMETER, type Run } from '../engine/duck.ts';
import type { Statement } from '../sql/split.ts';
import { answered, type RunOfCalls } from '../external/answered.ts';
import { authorize } from './authorize.ts';
import { bindInOrder, duckValue } from './binds.ts';
import type { StatementContext } from './command.ts';
import { contextVariables } from './context-variables.ts';
import { dmlOutcome } from './dml-outcome.ts';
import { hooked } from './modifying.ts';
import type { Outcome } from './outcome.ts';
import { locksOf } from './run-translated.ts';

type Rows = readonly (readonly Value[])[];

/** Rows that one INSERT takes at a time. */
const BATCH = 10_000;

/** Runs a statement for each row of an array bind, in one transaction: INSERT ... VALUES takes many rows at a time. */
export const runBulk = async (context: StatementContext, rows: Rows): Promise<Outcome> => {
  const { session, warehouse, statement, startedAt } = context;
  const { text, values } = bindInOrder(statement, { positional: rows[0] ?? [] });
  const plan = warehouse.plans.plan(text, session);
  authorize(plan, session);
  const { translated, touched, repeatable } = plan;
  if (translated.kind === 'select') throw unsupported('array binds in a query');
  const [only] = translated.statements;
  const many =
    only === undefined || translated.statements.length > 1 || !isSingleList(statement)
      ? undefined
      : insertOfMany(only, values.length);
  const preamble = contextVariables(plan.texts, session, statement.text, startedAt);
  const spec = {
    locks: locksOf(plan),
    touches: [...touched.keys()],
    writes: translated.writes.map(relationKey),
    repeatable,
  };
  const bulk = (calls: RunOfCalls): Promise<Outcome> =>
    context.change(spec, async (run, transaction) => {
      calls.begin();
      if (preamble !== undefined) await run(preamble);
      const sums =
        many === undefined
          ? await hooked(translated, run, transaction, session, () =>
              oneByOne(context, run, translated.statements, rows),
            )
          : [await inBatches(run, many, rows)];
      calls.end();
      return { result: dmlOutcome(translated, sums), counts: sums };
    });
  return answered(context, bulk);
};

const oneByOne = async (
  { statement }: StatementContext,
  run: Run,
  statements: readonly string[],
  rows: Rows,
): Promise<number[]> => {
  const sums = statements.map(() => 0);
  for (const row of rows) {
    const values: DuckDBValue[] = bindInOrder(statement, { positional: row }).values.map(duckValue);
    for (const [i, sql] of statements.entries()) sums[i] = (sums[i] ?? 0) + (await run(sql, values)).rowsChanged;
  }
  return sums;
};

const inBatches = async (run: Run, sql: string, rows: Rows): Promise<number> => {
  let sum = 0;
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    const columns = batch[0]!.map((_, i) => JSON.stringify(batch.map((row) => row[i]?.text ?? null)));
    sum += (await run(sql, columns)).rowsChanged;
  }
  return sum;
};

/** The INSERT of one list of values as an INSERT of many: each bind becomes a column of texts, as binds are read anyway. */
const insertOfMany = (sql: string, width: number): string | undefined => {
  const [, head, list] = /^(INSERT INTO [\s\S]+? \([^()]*\)) VALUES \(([\s\S]*)\)$/.exec(sql) ?? [];
  if (head === undefined || list === undefined) return undefined;
  const values = list.replace(PARAMETER, (match, index?: string) => (index === undefined ? match : `b.c${index}`));
  const columns = Array.from(
    { length: width },
    (_, i) => `unnest(from_json(CAST($${i + 1} AS VARCHAR), '["VARCHAR"]')) AS c${i + 1}`,
  );
  return `${head} SELECT ${values} FROM (SELECT ${columns.join(', ')}) AS b`;
};

/** Whether this is `INSERT INTO t [(..)] VALUES (..)` with one list, whose binds are all `?`. */
const isSingleList = ({ tokens }: Statement): boolean => {
  const at = tokens.findIndex(({ kind, value }) => kind === 'word' && value === 'VALUES');
  const close = tokens.at(-2);
  if (tokens[0]?.value !== 'INSERT' || at < 0 || tokens[at + 1]?.text !== '(' || close?.text !== ')') return false;
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind === 'bind' && (token.value !== '?' || i < at)) return false;
    if (token.kind === 'word' && token.value === 'SELECT') return false;
    if (i <= at || token.kind !== 'operator') continue;
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && token !== close) return false;
  }
  return true;
};
