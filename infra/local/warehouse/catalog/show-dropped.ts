import { table, timestamp, type Outcome } from '../session/outcome.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogObject, ObjectKind } from './object.ts';

/** Objects that were dropped and can come back, as they were, with when they went. */
export const droppedObjects = (
  catalog: Catalog,
  kinds: readonly ObjectKind[],
  within: readonly string[],
): Map<CatalogObject, Date> =>
  new Map(
    kinds.flatMap((kind) =>
      DROPPABLE.has(kind)
        ? catalog.list(`DROPPED ${kind}` as ObjectKind, within).map((gone): [CatalogObject, Date] => {
            const { table, objects, droppedOn } = gone.details as Dropped;
            return [{ ...(table ?? objects![0]!), path: gone.path }, new Date(droppedOn)];
          })
        : [],
    ),
  );

interface Dropped {
  readonly table?: CatalogObject;
  readonly objects?: readonly CatalogObject[];
  readonly droppedOn: string;
}

const DROPPABLE = new Set<ObjectKind>(['DATABASE', 'SCHEMA', 'TABLE']);

/** A SHOW's outcome with one column more: when each of the objects was dropped. */
export const withDropped = (
  outcome: Outcome,
  listed: readonly CatalogObject[],
  dropped: ReadonlyMap<CatalogObject, Date>,
): Outcome => {
  const times = table(
    [timestamp('dropped_on')],
    listed.map((object) => [dropped.get(object)]),
  );
  return {
    ...outcome,
    columns: [...outcome.columns, ...times.columns],
    rows: outcome.rows.map((row, i) => [...row, ...times.rows[i]!]),
  };
};
