import type { Column, RowChange } from '../../contract.ts';
import { duplicateRow } from './duplicate-row.ts';

/** One assignment of an UPDATE, as DuckDB text. */
export interface Assignment {
  readonly column: string;
  readonly value: string;
}

interface Update {
  readonly target: string;
  readonly targetColumns: readonly Column[];
  readonly alias: string;
  readonly from: string;
  readonly condition: string;
  readonly set: readonly Assignment[];
}

interface Step {
  readonly sql: string;
  readonly counts?: RowChange;
}

const JOINED = '_sf_update_joined';

/** What must not pass through the table: it has no DEFAULT, and a bare NULL would get a type there that its column might not take. */
const AS_WRITTEN: ReadonlySet<string> = new Set(['NULL', 'DEFAULT']);

/** An UPDATE in steps: where rows are joined, each target row changes once, however many rows it meets, and those that meet several are counted apart. */
export const updateStatements = (update: Update): Step[] =>
  update.from === '' ? [{ sql: plain(update), counts: { did: 'updated' } }] : joined(update);

const plain = ({ target, alias, set, condition }: Update): string =>
  `UPDATE ${target} AS ${alias} SET ${set.map(({ column, value }) => `${column} = ${value}`).join(', ')}${where(condition)}`;

const joined = ({ target, targetColumns, alias, from, condition, set }: Update): Step[] => {
  const values = set.map(({ value }, i) => (AS_WRITTEN.has(value) ? '' : `, ${value} AS v${i}`)).join('');
  const assignments = set.map(({ column, value }, i) => `${column} = ${AS_WRITTEN.has(value) ? value : `_sf_m.v${i}`}`);
  const change = (which: string): string =>
    `UPDATE ${target} AS ${alias} SET ${assignments.join(', ')} FROM ${JOINED} AS _sf_m WHERE ${alias}.rowid = _sf_m.row AND ${which}`;
  return [
    {
      sql:
        `CREATE OR REPLACE TEMP TABLE ${JOINED} AS SELECT ${alias}.rowid AS row, count(*) OVER (PARTITION BY ${alias}.rowid) > 1 AS several${values} ` +
        `FROM ${target} AS ${alias}, ${from}${where(condition)} QUALIFY row_number() OVER (PARTITION BY ${alias}.rowid) = 1`,
    },
    {
      sql: duplicateRow(
        target,
        targetColumns,
        `SELECT row FROM ${JOINED} WHERE several AND getvariable('sf_update_strict') LIMIT 1`,
      ),
    },
    { sql: change('NOT _sf_m.several'), counts: { did: 'updated' } },
    { sql: change('_sf_m.several'), counts: { did: 'updated', multiJoined: true } },
  ];
};

const where = (condition: string): string => condition && ` WHERE ${condition}`;
