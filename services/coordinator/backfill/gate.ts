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
  return { open: [...unknown, ...found].slice(0, MAX_REASONS), barred: beyondColumns.length > 0 };
};

const reasons = (table: TableReport, announced: readonly string[]): readonly string[] => {
  if (table.identical) return [];
  const name = table.live.split('.').at(-1)!;
  const rows = (many: number): string => (many === 1 ? '1 row' : `${many} rows`);
  const apart =
    table.duplicateKeys.live + table.duplicateKeys.rebuilt + table.withoutKey.live + table.withoutKey.rebuilt;
  return [
    ...(table.added > 0 ? [`${name}: ${rows(table.added)} more`] : []),
    ...(table.removed > 0 ? [`${name}: ${rows(table.removed)} fewer`] : []),
    ...table.columns.flatMap((it) => unannounced(it, announced).map((why) => `${name}: ${why}`)),
    ...(apart > 0 ? [`${name}: ${rows(apart)} with no key or one that others share, so not compared one by one`] : []),
  ];
};

const unannounced = ({ column, changed, exceeding }: ColumnReport, announced: readonly string[]): readonly string[] => {
  if (changed === 0) return [];
  if (!announced.includes(column)) return [`${column} differs in ${changed}`];
  return exceeding ? [`${column} differs by more than announced in ${exceeding}`] : [];
};
