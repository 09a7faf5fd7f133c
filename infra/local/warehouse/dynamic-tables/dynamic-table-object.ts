import type { CatalogObject, DeclaredColumn } from '../catalog/object.ts';

/** What a dynamic table's catalog entry holds. */
export interface DynamicTableDetails {
  /** Quoted DuckDB name of the table that holds its rows. */
  readonly physical: string;
  readonly columns: readonly DeclaredColumn[];
  readonly query: string;
  /** The whole statement, for SHOW. */
  readonly text: string;
  /** As written; undefined where nothing schedules it. */
  readonly lag: string | undefined;
  readonly scheduler: 'ENABLE' | 'DISABLE' | undefined;
  readonly warehouse: string;
  readonly refreshMode: 'FULL' | 'INCREMENTAL';
  readonly clusterBy: string;
  readonly retentionDays: number;
  readonly suspendedOn: string | undefined;
}

export type DynamicTable = CatalogObject<DynamicTableDetails> & { readonly kind: 'DYNAMIC TABLE' };

const UNITS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** A lag in seconds; 'downstream' where those that read the table say when; undefined if it is none, or less than a minute. */
export const lagOf = (text: string): number | 'downstream' | undefined => {
  if (text.toUpperCase() === 'DOWNSTREAM') return 'downstream';
  const [, count, unit] = /^\s*(\d+)\s*(second|minute|hour|day)s?\s*$/i.exec(text) ?? [];
  const seconds = Number(count) * (UNITS[unit?.toLowerCase() ?? ''] ?? Number.NaN);
  return seconds >= 60 ? seconds : undefined;
};
