import type { Run } from '../engine/duck.ts';
import type { StatementContext } from '../session/command.ts';
import type { DynamicTableDetails } from '../dynamic-tables/dynamic-table-object.ts';
import type { GrantObject } from '../roles/grants.ts';
import type { Catalog, CatalogChange } from './catalog.ts';
import type { CatalogObject, DroppedTable, SequenceDetails, TableDetails } from './object.ts';
import { dropPhysical } from './physical.ts';

/** A database or schema that UNDROP brings back with all that was in it; of each name the last one dropped is kept. */
export type DroppedContainer = CatalogObject<{
  /** The container itself, then what was in it. */
  readonly objects: readonly CatalogObject[];
  readonly grants: readonly GrantObject[];
  readonly droppedOn: string;
}> & { readonly kind: 'DROPPED DATABASE' | 'DROPPED SCHEMA' };

type Kind = 'DATABASE' | 'SCHEMA';

/** The grants on these objects, and the future ones inside them. */
export const grantsOn = (catalog: Catalog, objects: readonly CatalogObject[]): GrantObject[] => {
  const ids = new Set(objects.map(({ id }) => id));
  const within = new Set(objects.map(({ path }) => path.join('\0')));
  return (catalog.list('GRANT') as GrantObject[]).filter(
    ({ details }) =>
      (details.type === 'object' && ids.has(details.objectId)) ||
      (details.type === 'future' && within.has(details.within.join('\0'))),
  );
};

/** Keeps a container that goes, unless nothing of it is to be retained; tells whether it does. */
export const retainContainer = async (
  { warehouse, startedAt }: StatementContext,
  run: Run,
  change: CatalogChange,
  container: CatalogObject<{ readonly retentionDays: number }>,
  inside: readonly CatalogObject[],
): Promise<boolean> => {
  const kind = `DROPPED ${container.kind as Kind}` as const;
  const before = warehouse.catalog.find(kind, container.path) as DroppedContainer | undefined;
  if (before !== undefined) {
    await dropContents(run, before.details.objects);
    await change.remove(before);
  }
  if (container.details.retentionDays === 0 || inside.some((object) => countsOutside(object, inside))) return false;
  const objects = [container, ...inside];
  const details = { objects, grants: grantsOn(warehouse.catalog, objects), droppedOn: startedAt.toISOString() };
  const id = await warehouse.space.numbers.take();
  const dropped: DroppedContainer = { ...container, id, kind, details };
  await change.put(dropped);
  return true;
};

/** Drops what stands behind all objects of a container: tables first, since their defaults may count on sequences. */
export const dropContents = async (run: Run, objects: readonly CatalogObject[]): Promise<void> => {
  for (const object of objects) {
    if (object.kind === 'TABLE') await dropPhysical(run, object);
    if (object.kind === 'DYNAMIC TABLE') await run(`DROP TABLE ${(object.details as DynamicTableDetails).physical}`);
    if (object.kind === 'DROPPED TABLE') await dropPhysical(run, (object as DroppedTable).details.table);
    if (object.kind === 'DROPPED SCHEMA') await dropContents(run, (object as DroppedContainer).details.objects);
  }
  for (const object of objects)
    if (object.kind === 'SEQUENCE') await run(`DROP SEQUENCE ${(object.details as SequenceDetails).physical}`);
};

/** A default that counts on a sequence elsewhere would keep that sequence from being dropped. */
const countsOutside = ({ kind, details }: CatalogObject, inside: readonly CatalogObject[]): boolean => {
  if (kind !== 'TABLE') return false;
  const own = inside
    .filter((object) => object.kind === 'SEQUENCE')
    .map((object) => (object.details as SequenceDetails).physical.replaceAll("'", "''"));
  return (details as TableDetails).columns.some(
    ({ defaultSql = '', autoincrement }) =>
      !autoincrement && /nextval/i.test(defaultSql) && !own.some((name) => defaultSql.includes(name)),
  );
};
