import type { Column } from '../../contract.ts';
import { duplicateRow } from './duplicate-row.ts';

/** One WHEN of a MERGE, as DuckDB text. */
export interface MergeBranch {
  readonly action: 'INSERT' | 'UPDATE' | 'DELETE';
  readonly condition: string;
  readonly columns: readonly string[];
  readonly values: readonly string[];
}

interface Merge {
  readonly target: string;
  readonly targetColumns: readonly Column[];
  readonly alias: string;
  readonly source: string;
  readonly on: string;
  readonly branches: readonly MergeBranch[];
}

interface Step {
  readonly sql: string;
  readonly counts?: MergeBranch['action'];
}

/** What a table of values cannot hold. */
const DEFAULT = 'DEFAULT';
const MATCHED = '_sf_merge_matched';
const MISSING = '_sf_merge_missing';

/** A MERGE in steps, so that its three counts are known: what each row comes to is computed first, from the tables as they were. */
export const mergeStatements = (merge: Merge): Step[] => {
  const matched = merge.branches.filter((branch) => branch.action !== 'INSERT');
  const missing = merge.branches.filter((branch) => branch.action === 'INSERT');
  return [
    ...(matched.length > 0 ? [{ sql: matchedRows(merge, matched) }, ...duplicates(merge, matched)] : []),
    ...(missing.length > 0 ? [{ sql: missingRows(merge, missing) }] : []),
    ...matched.map((branch, i) => ({ sql: change(merge, branch, i), counts: branch.action })),
    ...missing.map((branch, i) => ({ sql: insert(merge, branch, i), counts: branch.action })),
  ];
};

const choice = (branches: readonly MergeBranch[]): string =>
  `CASE ${branches.map((branch, i) => `WHEN ${branch.condition} THEN ${i}`).join(' ')} END AS branch`;

/** A value is computed only for rows that its own branch takes: elsewhere it might fail. */
const values = (branches: readonly MergeBranch[]): string =>
  branches
    .flatMap((branch, i) => {
      const earlier = branches.slice(0, i).map((one) => `WHEN ${one.condition} THEN NULL `);
      return branch.values.map((value, n) =>
        value === DEFAULT ? '' : `, CASE ${earlier.join('')}WHEN ${branch.condition} THEN ${value} END AS v${i}_${n}`,
      );
    })
    .join('');

const matchedRows = ({ target, alias, source, on }: Merge, branches: readonly MergeBranch[]): string =>
  `CREATE OR REPLACE TEMP TABLE ${MATCHED} AS SELECT * FROM (SELECT ${alias}.rowid AS row, ${choice(branches)}${values(branches)} ` +
  `FROM ${target} AS ${alias} JOIN ${source} ON ${on}) WHERE branch IS NOT NULL`;

const missingRows = ({ target, alias, source, on }: Merge, branches: readonly MergeBranch[]): string =>
  `CREATE OR REPLACE TEMP TABLE ${MISSING} AS SELECT * FROM (SELECT ${choice(branches)}${values(branches)} ` +
  `FROM ${source} WHERE NOT EXISTS (SELECT 1 FROM ${target} AS ${alias} WHERE ${on})) WHERE branch IS NOT NULL`;

/** Several deletions of one row agree; anything else that meets an update of the same row does not: an error, or one of them where the session says so. */
const duplicates = ({ target, targetColumns }: Merge, branches: readonly MergeBranch[]): Step[] => {
  const updates = branches.flatMap((branch, i) => (branch.action === 'UPDATE' ? [i] : []));
  if (updates.length === 0) return [];
  return [
    {
      sql: duplicateRow(
        target,
        targetColumns,
        `SELECT row FROM ${MATCHED} WHERE getvariable('sf_merge_strict') GROUP BY row HAVING count(*) > 1 AND count_if(branch IN (${updates.join(', ')})) > 0 LIMIT 1`,
      ),
    },
    {
      sql: `DELETE FROM ${MATCHED} WHERE NOT getvariable('sf_merge_strict') AND rowid NOT IN (SELECT min(rowid) FROM ${MATCHED} GROUP BY row)`,
    },
  ];
};

const change = ({ target, alias }: Merge, branch: MergeBranch, i: number): string => {
  const which = `${alias}.rowid = _sf_m.row AND _sf_m.branch = ${i}`;
  if (branch.action === 'DELETE') return `DELETE FROM ${target} AS ${alias} USING ${MATCHED} AS _sf_m WHERE ${which}`;
  const set = branch.columns
    .map((column, n) => `${column} = ${branch.values[n] === DEFAULT ? DEFAULT : `_sf_m.v${i}_${n}`}`)
    .join(', ');
  return `UPDATE ${target} AS ${alias} SET ${set} FROM ${MATCHED} AS _sf_m WHERE ${which}`;
};

/** A column that gets its default is not named. */
const insert = ({ target }: Merge, branch: MergeBranch, i: number): string => {
  const given = branch.columns.flatMap((column, n) => (branch.values[n] === DEFAULT ? [] : [{ column, n }]));
  return `INSERT INTO ${target} (${given.map(({ column }) => column).join(', ')}) SELECT ${given.map(({ n }) => `v${i}_${n}`).join(', ')} FROM ${MISSING} WHERE branch = ${i}`;
};
