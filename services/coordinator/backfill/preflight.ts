import type { TableShape } from '../../../events/contract.ts';
import type { QueryTag, Value, Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { textOf } from './effects.ts';
import { readColumns, readPolicies, readViews, showGrants, showStreams } from './sql/preflight.ts';

/** What hangs on a live table, as far as the coordinator's role may see it. */
export interface Dependents {
  readonly streams: readonly string[];
  readonly grants: readonly string[];
  readonly views: readonly string[];
  readonly policies: readonly string[];
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

type Row = Readonly<Record<string, Value>>;

/**
 * Looks at a live table before anything depends on it. Publishing changes its rows and swaps nothing, so that streams, grants and views stay as
 * they are, whether this role may see them or not; a policy could hide rows from whoever publishes, and is for a person to judge.
 */
export const preflight = async (
  warehouse: Warehouse,
  { live, columns }: TableShape,
  tag: QueryTag,
): Promise<Preflight> => {
  const rowsOf = async (statement: ReturnType<typeof readColumns>): Promise<readonly Row[]> =>
    (await warehouse.run(statement, tag)).rows;
  const there = new Set((await rowsOf(readColumns(live))).map((it) => textOf(it['COLUMN_NAME'])));
  if (there.size === 0) return { isLive: false, missing: [], surplus: [], dependents: NONE };
  const streams = (await rowsOf(showStreams())).filter((it) => textOf(it['table_name']) === live);
  return {
    isLive: true,
    missing: columns.map((it) => it.name).filter((it) => !there.has(it)),
    surplus: [...there].filter((it) => !columns.some(({ name }) => name === it)).toSorted(),
    dependents: {
      streams: streams.map((it) => ['database_name', 'schema_name', 'name'].map((part) => textOf(it[part])).join('.')),
      grants: (await rowsOf(showGrants(live))).map(
        (it) => `${textOf(it['privilege'])} to ${textOf(it['grantee_name'])}`,
      ),
      views: (await rowsOf(readViews(live))).map((it) => textOf(it['VIEW_NAME'])),
      policies: (await rowsOf(readPolicies(live))).map(
        (it) => `${textOf(it['POLICY_KIND'])} ${textOf(it['POLICY_NAME'])}`,
      ),
    },
  };
};

const NONE: Dependents = { streams: [], grants: [], views: [], policies: [] };
