import type { NameScope } from '../catalog/name-scope.ts';
import type { CatalogObject, ObjectKind } from '../catalog/object.ts';
import { droppedObjects } from '../catalog/show-dropped.ts';
import type { Warehouse } from '../warehouse.ts';
import { number, time, words, type Fields } from './virtual-view.ts';

/** An object, and when it was dropped if it was. */
export interface Thing<Details = unknown> extends CatalogObject<Details> {
  readonly deleted?: Date;
}

/** The objects of these kinds that a role may see, of one database or of all. */
export const objectsOf =
  <Details>(...kinds: readonly ObjectKind[]) =>
  ({ catalog }: Warehouse, database: string | undefined, scope: NameScope): Thing<Details>[] =>
    kinds
      .flatMap((kind) => catalog.list(kind, database === undefined ? [] : [database]))
      .filter((object) => scope.visible(object)) as Thing<Details>[];

/** The same with those that were dropped and can come back. */
export const everyObjectOf =
  <Details>(...kinds: readonly ObjectKind[]) =>
  (warehouse: Warehouse, database: string | undefined, scope: NameScope): Thing<Details>[] => [
    ...objectsOf<Details>(...kinds)(warehouse, database, scope),
    ...[...droppedObjects(warehouse.catalog, kinds, [])].map(
      ([object, deleted]) => ({ ...object, deleted }) as Thing<Details>,
    ),
  ];

/** When DDL last touched an object. */
export const lastDdl = ({ alteredOn, createdOn }: CatalogObject): Date => new Date(alteredOn ?? createdOn);

/** Columns that views of objects have in common. */
export const COMMON: Fields<Thing> = {
  CREATED: time(({ createdOn }) => (createdOn === '' ? null : new Date(createdOn))),
  LAST_ALTERED: time((object) => (object.createdOn === '' ? null : lastDdl(object))),
  DELETED: time(({ deleted }) => deleted),
  COMMENT: words(({ comment }) => comment || null),
  OWNER_ROLE_TYPE: words(({ deleted }) => (deleted === undefined ? 'ROLE' : null)),
  INSTANCE_ID: number(),
};

/** The columns that say where an object lies, and which one it is: PREFIX_CATALOG, PREFIX_SCHEMA, PREFIX_NAME, their ids, and its owner. */
export const placed = (prefix: string): Fields<Thing> => {
  const container =
    (depth: 1 | 2) =>
    ({ path }: Thing, { catalog }: Warehouse): number | undefined =>
      catalog.find(depth === 1 ? 'DATABASE' : 'SCHEMA', path.slice(0, depth))?.id;
  return {
    ...COMMON,
    [`${prefix}_ID`]: number(({ id }) => id),
    [`${prefix}_NAME`]: words(({ path }) => path[2]),
    [`${prefix}_SCHEMA`]: words(({ path }) => path[1]),
    [`${prefix}_SCHEMA_ID`]: number(container(2)),
    [`${prefix}_CATALOG`]: words(({ path }) => path[0]),
    [`${prefix}_CATALOG_ID`]: number(container(1)),
    [`${prefix}_OWNER`]: words(({ owner }) => owner || null),
  };
};
