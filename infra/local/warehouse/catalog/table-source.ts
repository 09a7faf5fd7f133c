import type { DuckDBValue } from '@duckdb/node-api';
import type { Column, Relation } from '../contract.ts';
import type { Duck, Run } from '../engine/duck.ts';
import type { Lock } from '../engine/locks.ts';
import type { Transaction } from '../engine/transaction.ts';
import type { RunOfCalls } from '../external/answered.ts';
import { bindInOrder, duckValue } from '../session/binds.ts';
import type { StatementContext } from '../session/command.ts';
import { contextVariables } from '../session/context-variables.ts';
import { authorize } from '../session/authorize.ts';
import type { Statement } from '../sql/split.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { checkColumnNames, duckColumn } from './column-definition.ts';
import { duckType } from './column-types.ts';
import { invalid } from './errors.ts';
import { tableRelation } from './table-relation.ts';
import { withMasking } from '../policies/policy-object.ts';
import type { DeclaredColumn, TableObject } from './object.ts';

/** Where a new table's columns and rows come from. */
export interface TableSource {
  /** Locks that reading it takes: on streams, which a CREATE TABLE AS consumes. */
  readonly locks: readonly Lock[];
  /** Makes the physical table and returns its columns. */
  make(
    run: Run,
    physical: string,
    sequences: readonly (string | undefined)[],
    transaction: Transaction,
  ): Promise<readonly DeclaredColumn[]>;
  /** The columns, where they are known before. */
  readonly columns: readonly DeclaredColumn[] | undefined;
  /** From where its AUTOINCREMENT columns count, in the order of `columns`; without it they count from their start. */
  counted?(): Promise<readonly (number | undefined)[]>;
}

/** An empty table with these columns. */
export const declared = (columns: readonly DeclaredColumn[]): TableSource => ({
  locks: [],
  columns,
  make: async (run, physical, sequences) => {
    checkColumnNames(columns);
    await run(
      `${createPhysical(physical)} (${columns.map((column, i) => duckColumn(column, sequences[i])).join(', ')})`,
    );
    return columns;
  },
});

/** A copy of a table, or of what it was: its columns and all its rows; its AUTOINCREMENT columns count on. */
export const cloned = (table: TableObject, duck: Duck, from: Relation = tableRelation(table)): TableSource => {
  // Policies come from what the table is now, whatever it was then.
  const columns = withMasking(from.columns, table.details);
  const empty = declared(columns);
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return {
    ...empty,
    counted: async () => {
      const names = [...(table.details.sequences ?? [])];
      return Promise.all(
        columns.map(async ({ autoincrement }) => {
          const last = autoincrement && (await lastValue(duck, names.shift()!));
          return last === undefined ? undefined : last + autoincrement!.step;
        }),
      );
    },
    make: async (run, physical, sequences, transaction) => {
      await empty.make(run, physical, sequences, transaction);
      await run(`INSERT INTO ${physical} (${names}) SELECT ${names} FROM ${from.read}`);
      return columns;
    },
  };
};

/** The number that a sequence of this quoted DuckDB name gave last. */
export const lastValue = async (duck: Duck, physical: string): Promise<number | undefined> => {
  const [, name] = /\."((?:[^"]|"")*)"$/.exec(physical)!;
  const [found] = await duck.rows('SELECT last_value FROM duckdb_sequences() WHERE sequence_name = $1', [
    name!.replaceAll('""', '"'),
  ]);
  const last = found?.['last_value'];
  return last === null || last === undefined ? undefined : Number(last);
};

/** The result of a query; `given` names its columns anew, or declares them with types. */
export const queried = (
  context: StatementContext,
  query: Statement,
  given: readonly (DeclaredColumn | string)[] | undefined,
  calls: RunOfCalls,
): TableSource => {
  const { session, warehouse, binds, statement, startedAt } = context;
  const { text, values } = bindInOrder(query, binds);
  const plan = warehouse.plans.plan(text, session);
  authorize(plan, session);
  const streams = [...plan.touched.entries()].filter(([, { kind }]) => kind === 'stream');
  const { statements, columns } = plan.translated;
  const duckValues = values.map(duckValue);
  const preamble = contextVariables(statements, session, statement.text, startedAt);
  return {
    locks: streams.map(([key]) => ({ key, mode: 'modify' })),
    columns: undefined,
    make: async (run, physical, _, transaction) => {
      calls.begin();
      if (preamble !== undefined) await run(preamble);
      for (const sql of statements.slice(0, -1)) await run(sql, duckValues);
      const found = await session.duck.describe(statements.at(-1)!, duckValues);
      const own = declare(
        found.map((column, i) => ({ ...column, ...columns?.[i] })),
        given,
      );
      await fill(run, physical, statements.at(-1)!, duckValues, own);
      calls.end();
      for (const [, relation] of streams) consume(context, relation, transaction);
      return own;
    },
  };
};

const consume = ({ warehouse, session }: StatementContext, relation: Relation, transaction: Transaction): void =>
  warehouse.consumers.get('STREAM')?.(relation, transaction, session);

const declare = (
  found: readonly Column[],
  given: readonly (DeclaredColumn | string)[] | undefined,
): DeclaredColumn[] => {
  if (given !== undefined && given.length !== found.length)
    throw invalid(`Invalid column definition list: ${given.length} columns for a query of ${found.length}.`);
  const columns = found.map((column, i) => {
    const other = given?.[i];
    return typeof other === 'object' ? other : { ...column, nullable: true, name: other ?? column.name };
  });
  checkColumnNames(columns);
  return columns;
};

const fill = async (
  run: Run,
  physical: string,
  query: string,
  values: readonly DuckDBValue[],
  columns: readonly DeclaredColumn[],
): Promise<void> => {
  const places = columns.map((_, i) => `c${i}`);
  const casts = columns.map((column, i) => `CAST(c${i} AS ${duckType(column)}) AS ${quoteIdentifier(column.name)}`);
  await run(
    `${createPhysical(physical)} AS SELECT ${casts.join(', ')} FROM (${query}) AS q(${places.join(', ')})`,
    values,
  );
  for (const { name, nullable, defaultSql } of columns) {
    if (defaultSql)
      await run(`ALTER TABLE ${physical} ALTER COLUMN ${quoteIdentifier(name)} SET DEFAULT (${defaultSql})`);
    if (nullable === false) await run(`ALTER TABLE ${physical} ALTER COLUMN ${quoteIdentifier(name)} SET NOT NULL`);
  }
};

const createPhysical = (physical: string): string =>
  `CREATE ${physical.startsWith('temp.') ? 'TEMP ' : ''}TABLE ${physical}`;
