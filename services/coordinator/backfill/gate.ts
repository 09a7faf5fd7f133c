import type { BackfillRequested } from '../../../events/backfill-requested.v1.ts';
import type { ColumnReport, TableReport } from './report.ts';

type Announced = Pick<BackfillRequested['data'], 'columns' | 'expect'>;

/** What the gate says of a comparison. */
export interface Verdict {
  /** Why somebody has to approve; empty where all is identical or as announced. */
  readonly open: readonly string[];
  /** More than the only columns that may change has changed: no approval helps. */
  readonly barred: boolean;
}

const MAX_REASONS = 20;

/** Opens by itself where tables are identical, or differ only in columns, and by tolerances, that were announced. */
export const judge = (tables: readonly TableReport[], { columns, expect = [] }: Announced): Verdict => {
  const announced = [...(columns ?? []), ...expect.map((it) => it.column)];
  const known = new Set(tables.flatMap((it) => it.columns.map(({ column }) => column)));
  const unknown = announced.filter((it) => !known.has(it)).map((it) => `${it} was announced, but no table has it`);
  const found = tables.flatMap((it) => reasons(it, announced));
  const beyondColumns = columns ? tables.flatMap((it) => reasons(it, columns)) : [];
  const missing = tables.flatMap((it) =>
    it.missing.map((column) => `${nameOf(it)}: the live table has no column ${column} yet`),
  );
  const surplus = tables.flatMap((it) =>
    it.surplus.map((column) => `${nameOf(it)}: values of ${column} are not rebuilt, and would be gone for good`),
  );
  const policies = tables.flatMap((it) =>
    it.dependents.policies.map((policy) => `${nameOf(it)}: is read through ${policy}`),
  );
  // What else hangs on it stays whatever it is; rows that are hidden would be lost.
  const unseen = tables.flatMap((it) =>
    (it.dependents.unseen ?? [])
      .filter((what) => /^(policies|everything):/.test(what))
      .map((what) => `${nameOf(it)}: could not see its ${what}`),
  );
  const open = [...missing, ...surplus, ...policies, ...unseen, ...unknown, ...found].slice(0, MAX_REASONS);
  return { open, barred: beyondColumns.length + missing.length > 0 };
};

const nameOf = ({ live }: TableReport): string => live.split('.').at(-1)!;

const reasons = (table: TableReport, announced: readonly string[]): readonly string[] => {
  // Where there is no live table yet, nobody can lose anything.
  if (table.identical || !table.isLive) return [];
  const name = nameOf(table);
  const rows = (many: number): string => (many === 1 ? '1 row' : `${many} rows`);
  const apart =
    table.duplicateKeys.live + table.duplicateKeys.rebuilt + table.withoutKey.live + table.withoutKey.rebuilt;
  return [
    ...(table.added > 0 ? [`${name}: ${rows(table.added)} more`] : []),
    ...(table.removed > 0 ? [`${name}: ${rows(table.removed)} fewer`] : []),
    ...table.columns.flatMap((it) => unannounced(it, announced).map((why) => `${name}: ${why}`)),
    ...(!table.apartEqual ? [`${name}: ${rows(apart)} with no key or one that others share, differ`] : []),
  ];
};

const unannounced = ({ column, changed, exceeding }: ColumnReport, announced: readonly string[]): readonly string[] => {
  if (changed === 0) return [];
  if (!announced.includes(column)) return [`${column} differs in ${changed}`];
  return exceeding ? [`${column} differs by more than announced in ${exceeding}`] : [];
};
