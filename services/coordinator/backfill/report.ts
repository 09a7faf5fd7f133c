import type { TableShape } from '../../../events/contract.ts';
import { count, type Value } from '../../../shared/snowflake/warehouse.ts';
import type { Verdict } from './gate.ts';
import type { Preflight } from './preflight.ts';
import { comparedColumns } from './sql/compare-tables.ts';

type Row = Readonly<Record<string, Value>>;

/** How one column came out where both sides have the row. */
export interface ColumnReport {
  readonly column: string;
  readonly changed: number;
  /** Of the rows on both sides, the share that is equal; 1 where there is none. */
  readonly matchRate: number;
  /** Announced with a tolerance: the rows that differ by more. */
  readonly exceeding?: number;
  /** Sums of a number, exact, as text. */
  readonly sums?: { readonly live: string | null; readonly rebuilt: string | null };
}

/** What comparing one live table with its rebuilt shadow found. */
export interface TableReport extends Preflight {
  readonly live: string;
  readonly shadow: string;
  readonly key: readonly string[];
  readonly rows: { readonly live: number; readonly rebuilt: number };
  readonly identical: boolean;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly matched: number;
  /** Rows that can't be compared one by one. */
  readonly duplicateKeys: { readonly live: number; readonly rebuilt: number };
  readonly withoutKey: { readonly live: number; readonly rebuilt: number };
  /** Whether those are the same rows on both sides, but for what was announced. */
  readonly apartEqual: boolean;
  readonly columns: readonly ColumnReport[];
  readonly samples: readonly {
    readonly kind: 'added' | 'removed' | 'changed';
    readonly key: readonly (string | null)[];
    readonly changes: readonly {
      readonly column: string;
      readonly live: string | null;
      readonly rebuilt: string | null;
    }[];
  }[];
}

/** What a backfill's comparison found, as it is kept. */
export interface BackfillReport {
  readonly backfillId: string;
  readonly pipeline: string;
  readonly verdict: Verdict;
  readonly tables: readonly TableReport[];
}

/** The report out of the row that keeps it. */
export const keptReport = (row: Row | undefined): BackfillReport => parsed(row?.['REPORT']) as BackfillReport;

/** Builds a table's report from what the statements gave; without differences where counts and hashes are equal. */
export const tableReport = (
  shape: TableShape,
  before: Preflight,
  measured: readonly Row[],
  differences?: { readonly counts: Row; readonly samples: readonly Row[] },
): TableReport => {
  const side = (name: string): Row => measured.find((it) => it['SIDE'] === name) ?? {};
  const [live, rebuilt] = [side('live'), side('rebuilt')];
  const rows = { live: count(live['ROWS_COUNTED']), rebuilt: count(rebuilt['ROWS_COUNTED']) };
  const found = (what: string): number => (differences ? count(differences.counts[what]) : 0);
  const matched = differences ? found('MATCHED') : rows.live;
  const values = comparedColumns(shape).filter((it) => !shape.key.includes(it.name));
  return {
    live: shape.live,
    shadow: shape.shadow,
    ...before,
    key: shape.key,
    rows,
    identical: differences === undefined,
    added: found('ADDED'),
    removed: found('REMOVED'),
    changed: found('CHANGED'),
    matched,
    duplicateKeys: { live: found('LIVE_DUPLICATES'), rebuilt: found('REBUILT_DUPLICATES') },
    withoutKey: { live: found('LIVE_WITHOUT_KEY'), rebuilt: found('REBUILT_WITHOUT_KEY') },
    apartEqual: differences?.counts['LIVE_APART'] === differences?.counts['REBUILT_APART'],
    columns: values.map(({ name }, at) => {
      const changed = found(`CHANGED_${at}`);
      const exceeding = differences?.counts[`EXCEEDS_${at}`];
      const sum = `SUM_${name}`;
      return {
        column: name,
        changed,
        matchRate: matched === 0 ? 1 : (matched - changed) / matched,
        ...(exceeding !== undefined && { exceeding: count(exceeding) }),
        ...(sum in live && { sums: { live: text(live[sum]), rebuilt: text(rebuilt[sum]) } }),
      };
    }),
    samples: (differences?.samples ?? []).map((it) => ({
      kind: it['KIND'] as 'added' | 'removed' | 'changed',
      key: parsed(it['ROW_KEY']) as string[],
      changes: parsed(it['CHANGES']) as TableReport['samples'][number]['changes'],
    })),
  };
};

/** Whether two tables' figures need no look at single rows. */
export const isIdentical = ([one, other]: readonly Row[]): boolean =>
  count(one?.['ROWS_COUNTED']) === count(other?.['ROWS_COUNTED']) && one?.['CONTENT'] === other?.['CONTENT'];

const text = (value: Value | undefined): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;
const parsed = (value: Value | undefined): unknown => (typeof value === 'string' ? JSON.parse(value) : value);
