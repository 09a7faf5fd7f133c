import type { TableRef } from '../../../events/contract.ts';
import { findResults, type Finding } from '../../../services/validate/results/find-results.ts';
import { judgeRows } from '../../../services/validate/sql/judge-rows.ts';
import { listColumns, toJudgedColumn } from '../../../services/validate/sql/list-columns.ts';
import { readSuite } from '../../../services/validate/suites/compile-suite.ts';
import type { JudgedColumn } from '../../../services/validate/suites/expectation.ts';
import { isNoSuchObject } from '../../../shared/snowflake/translate.ts';
import type { Session } from '../session.ts';
import { grouped } from '../view/numbers.ts';
import { candidatesOf, isNameable, type Candidate } from './candidates.ts';
import { profileTable } from './profile.ts';

/** A suite in Great Expectations' format, and how it came about. */
export interface Proposal {
  readonly rows: number;
  readonly suite: ReturnType<typeof suiteFile>;
  /** Columns that no suite can name. */
  readonly leftOut: readonly string[];
}

/** Proposes a suite that the table meets: it has been judged by it. Undefined where there is no such table. */
export const propose = async (
  session: Pick<Session, 'rows'>,
  table: TableRef,
  key: string | undefined,
): Promise<Proposal | undefined> => {
  const columns = await columnsOf(session, table);
  if (columns.length === 0) return undefined;
  const profile = await profileTable(session, table, columns);
  const candidates = candidatesOf(profile);
  const { expectations } = readSuite('candidates', { expectations: candidates });
  const [sums] = await session.rows(judgeRows({ suite: { expectations }, stage: 'transformed', from: table }));
  const met = firstMet(candidates, findResults({ expectations }, sums!, columns));
  return {
    rows: profile.rows,
    suite: suiteFile(table, profile.rows, key ?? keyOf(met), met),
    leftOut: columns.filter((it) => !isNameable(it)).map((it) => it.name),
  };
};

const columnsOf = async (session: Pick<Session, 'rows'>, table: TableRef): Promise<readonly JudgedColumn[]> => {
  try {
    return (await session.rows(listColumns({ table }))).map(toJudgedColumn);
  } catch (error) {
    // Its database is not there.
    if (isNoSuchObject(error)) return [];
    throw error;
  }
};

/** What is met; of what says the same, the first. */
const firstMet = (candidates: readonly Candidate[], findings: readonly Finding[]): readonly Candidate[] => {
  const said = new Set<string>();
  return candidates.filter(({ instead }, at) => {
    if (!findings[at]!.success || (instead !== undefined && said.has(instead))) return false;
    if (instead !== undefined) said.add(instead);
    return true;
  });
};

/** What names an order, likely: the one column that is unique, or the first of several that are it together. */
const keyOf = (met: readonly Candidate[]): string | undefined => {
  const [unique] = met.filter((it) => it.type === 'expect_column_values_to_be_unique');
  const compound = met.find((it) => it.type === 'expect_compound_columns_to_be_unique');
  const [first] = (compound?.kwargs['column_list'] as readonly string[] | undefined) ?? [];
  return (unique?.kwargs['column'] as string | undefined) ?? first;
};

const suiteFile = (table: TableRef, rows: number, key: string | undefined, met: readonly Candidate[]) => ({
  name: table.split('.').at(-1)!.toLowerCase(),
  meta: {
    ...(key !== undefined && { key }),
    version: 1,
    note: `Proposed from ${grouped(rows)} rows of ${table}. What is a guess at what may come is only told (warn): make it stricter once it has proved right.`,
  },
  expectations: met.map(({ type, kwargs, isGuess }) => ({
    type,
    kwargs,
    ...(isGuess && { meta: { severity: 'warn' } }),
  })),
});
