import type { TableRef, TableShape } from '../../../events/contract.ts';
import type { QueryTag, Value, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { textOf } from './effects.ts';
import { readColumns, readDependents } from './sql/preflight.ts';

/** What hangs on a live table, as its owner sees it. */
export interface Dependents {
  readonly streams: readonly string[];
  readonly grants: readonly string[];
  readonly views: readonly string[];
  readonly policies: readonly string[];
  /** What could not be looked at, with the reason: nothing is known of it. */
  readonly unseen?: readonly string[];
}

/** What is known of a live table before it is compared and published. */
export interface Preflight {
  /** False where there is none yet: publishing creates it. */
  readonly isLive: boolean;
  /** Columns that the rebuilt table has and the live one lacks: its definition has not been applied yet. */
  readonly missing: readonly string[];
  /** Columns that the live table has and the rebuilt one lacks: their values are not rebuilt, nor kept for a rollback. */
  readonly surplus: readonly string[];
  readonly dependents: Dependents;
}

/**
 * Looks at a live table before anything depends on it. Publishing changes its rows and swaps nothing, so that streams, grants and views stay as
 * they are; a policy could hide rows from whoever compares or publishes, and is for a person to judge, as is not knowing of one.
 */
export const preflight = async (
  warehouse: Warehouse,
  { live, columns }: TableShape,
  { procedure, tag }: { readonly procedure: TableRef; readonly tag: QueryTag },
): Promise<Preflight> => {
  const { rows } = await warehouse.run(readColumns(live), tag);
  const there = new Set(rows.map((it) => textOf(it['COLUMN_NAME'])));
  if (there.size === 0) return { isLive: false, missing: [], surplus: [], dependents: NONE };
  const [told] = (await warehouse.run(readDependents(procedure), tag)).rows;
  return {
    isLive: true,
    missing: columns.map((it) => it.name).filter((it) => !there.has(it)),
    surplus: [...there].filter((it) => !columns.some(({ name }) => name === it)).toSorted(),
    dependents: dependentsIn(Object.values(told ?? {})[0], live),
  };
};

const NONE: Dependents = { streams: [], grants: [], views: [], policies: [] };

// The driver gives documents as values, and as text where it was told to.
const dependentsIn = (value: Value | undefined, live: TableRef): Dependents => {
  const all = (typeof value === 'string' ? JSON.parse(value) : value) as Record<string, Dependents> | null | undefined;
  return all?.[live] ?? { ...NONE, unseen: ['everything: nothing was told of it'] };
};
