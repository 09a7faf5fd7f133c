import type { DuckDBValue } from '@duckdb/node-api';
import { relationKey } from '../catalog/names.ts';
import type { Column, Translated } from '../contract.ts';
import type { Lock } from '../engine/locks.ts';
import { columnOf } from '../engine/wire-columns.ts';
import type { Run } from '../engine/duck.ts';
import { answered, type RunOfCalls } from '../external/answered.ts';
import { authorize } from './authorize.ts';
import { bindInOrder, duckValue } from './binds.ts';
import { collect } from './collect.ts';
import type { StatementContext } from './command.ts';
import { contextVariables } from './context-variables.ts';
import { dmlOutcome } from './dml-outcome.ts';
import { hooked, modifies } from './modifying.ts';
import type { Outcome } from './outcome.ts';
import { STATEMENT_TYPE } from './outcome.ts';
import type { Plan } from './plan.ts';

/** A plan with this run's values and surroundings filled in. */
interface Prepared {
  readonly plan: Plan;
  readonly values: readonly DuckDBValue[];
  readonly preamble: string | undefined;
}

/** Runs a query or DML statement by way of translation. */
export const runTranslated = async (context: StatementContext): Promise<Outcome> => {
  const prepared = prepare(context);
  const work = prepared.plan.translated.kind === 'select' ? query : dml;
  return answered(context, (calls) => work(context, prepared, calls));
};

/** The columns that the statement's result will have. */
export const describeTranslated = async (context: StatementContext): Promise<Outcome> => {
  const prepared = prepare(context);
  const { translated } = prepared.plan;
  if (translated.kind !== 'select') return dmlOutcome(translated, []);
  const { session } = context;
  if (prepared.preamble !== undefined) await session.duck.run(prepared.preamble);
  const found = await session.duck.describe(translated.statements.at(-1)!, prepared.values);
  return { columns: merge(found, translated), rows: [], chunks: [], statementType: STATEMENT_TYPE.select };
};

const prepare = ({ session, warehouse, statement, binds, startedAt }: StatementContext): Prepared => {
  const { text, values } = bindInOrder(statement, binds);
  const plan = warehouse.plans.plan(text, session);
  authorize(plan, session);
  const preamble = contextVariables(plan.texts, session, statement.text, startedAt);
  return { plan, values: values.map(duckValue), preamble };
};

const query = (
  { session, warehouse, queryId }: StatementContext,
  { plan, values, preamble }: Prepared,
  calls: RunOfCalls,
): Promise<Outcome> => {
  const { translated, touched } = plan;
  const bounded = [...touched.values()].some(({ kind }) => kind === 'stream');
  return session.transactions.read([...touched.keys()], bounded, async (run) => {
    calls.begin();
    if (preamble !== undefined) await run(preamble);
    for (const sql of translated.statements.slice(0, -1)) await run(sql, values);
    const result = await session.duck.stream(translated.statements.at(-1)!, values);
    const found = result.columnNames().map((name, i) => columnOf(name, result.columnType(i)));
    const { rows, chunks } = await collect(result, warehouse.history.directory, queryId);
    calls.end();
    return { columns: merge(found, translated), rows, chunks, statementType: STATEMENT_TYPE.select };
  });
};

const dml = async (
  { session, warehouse, change }: StatementContext,
  { plan, values, preamble }: Prepared,
  calls: RunOfCalls,
): Promise<Outcome> => {
  const { translated, touched, repeatable } = plan;
  const spec = {
    locks: locksOf(plan),
    touches: [...touched.keys()],
    // A stream that was read has another offset afterwards: whoever waited for it must look anew.
    writes: [...translated.writes.map(relationKey), ...streamsOf(plan)],
    repeatable,
  };
  return change(spec, async (run, transaction) => {
    calls.begin();
    if (preamble !== undefined) await run(preamble);
    const counts = await hooked(translated, run, transaction, session, () => runAll(run, translated, values));
    calls.end();
    for (const relation of touched.values()) {
      if (relation.kind === 'stream') warehouse.consumers.get('STREAM')?.(relation, transaction, session);
    }
    return { result: dmlOutcome(translated, counts), counts };
  });
};

const runAll = async (run: Run, { statements }: Translated, values: readonly DuckDBValue[]): Promise<number[]> => {
  const counts: number[] = [];
  for (const sql of statements) counts.push((await run(sql, values)).rowsChanged);
  return counts;
};

/** The locks that a DML statement takes: on what it writes, and on the streams that it reads. */
export const locksOf = ({ translated, touched }: Plan): Lock[] => {
  const mode = modifies(translated) ? 'modify' : 'insert';
  const locks: Lock[] = translated.writes.map((name) => ({ key: relationKey(name), mode }));
  for (const key of streamsOf({ touched })) locks.push({ key, mode: 'modify' });
  return locks;
};

const streamsOf = ({ touched }: Pick<Plan, 'touched'>): string[] =>
  [...touched].filter(([, { kind }]) => kind === 'stream').map(([key]) => key);

const merge = (found: readonly Column[], { columns }: Translated): Column[] =>
  found.map((column, i) => ({ ...column, ...columns?.[i] }));
