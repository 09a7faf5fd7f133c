import type { Column } from '../../contract.ts';
import { boolean, integer, text, timestamp, type Cell } from '../../session/outcome.ts';
import type { CatalogObject } from '../object.ts';
import { propertyText, type Property } from '../properties.ts';
import { showCommand } from '../show.ts';

/** What a warehouse's catalog entry holds. */
export interface WarehouseDetails {
  readonly properties: Readonly<Record<string, Property>>;
  readonly suspended: boolean;
}

type Item = readonly [Column, (warehouse: CatalogObject<WarehouseDetails>, isCurrent: boolean) => Cell];

const property =
  (name: string, fallback: string) =>
  ({ details }: CatalogObject<WarehouseDetails>): string =>
    propertyText(details.properties[name], fallback);

const count =
  (name: string, fallback: number) =>
  ({ details }: CatalogObject<WarehouseDetails>): number =>
    Number(details.properties[name] ?? fallback);

const SIZES: Readonly<Record<string, string>> = {
  XSMALL: 'X-Small',
  SMALL: 'Small',
  MEDIUM: 'Medium',
  LARGE: 'Large',
  XLARGE: 'X-Large',
  XXLARGE: '2X-Large',
  XXXLARGE: '3X-Large',
  ...Object.fromEntries(
    [2, 3, 4, 5, 6].flatMap((times) => [`X${times}LARGE`, `${times}XLARGE`].map((name) => [name, `${times}X-Large`])),
  ),
};

/** A size as it is shown, however it was written. */
export const shownSize = (written: Property | undefined): string => {
  const size = propertyText(written, 'XSMALL');
  return SIZES[size.toUpperCase().replaceAll('-', '')] ?? size;
};

const ITEMS: readonly Item[] = [
  [text('name'), ({ path }) => path[0]],
  [text('state'), ({ details }) => (details.suspended ? 'SUSPENDED' : 'STARTED')],
  [text('type'), property('WAREHOUSE_TYPE', 'STANDARD')],
  [text('size'), ({ details }) => shownSize(details.properties['WAREHOUSE_SIZE'])],
  [integer('min_cluster_count'), count('MIN_CLUSTER_COUNT', 1)],
  [integer('max_cluster_count'), count('MAX_CLUSTER_COUNT', 1)],
  [integer('started_clusters'), ({ details }) => (details.suspended ? 0 : 1)],
  [integer('running'), () => 0],
  [integer('queued'), () => 0],
  [text('is_default'), () => 'N'],
  [text('is_current'), (_, isCurrent) => (isCurrent ? 'Y' : 'N')],
  [text('is_interactive'), () => 'N'],
  // Zero means that it never suspends.
  [integer('auto_suspend'), (warehouse) => count('AUTO_SUSPEND', 600)(warehouse) || null],
  [text('auto_resume'), property('AUTO_RESUME', 'true')],
  ...['available', 'provisioning', 'quiescing', 'other'].map((name): Item => [text(name), () => '']),
  [timestamp('created_on'), ({ createdOn }) => new Date(createdOn)],
  [timestamp('resumed_on'), ({ createdOn }) => new Date(createdOn)],
  [timestamp('updated_on'), ({ alteredOn, createdOn }) => new Date(alteredOn ?? createdOn)],
  [text('owner'), ({ owner }) => owner],
  [text('comment'), ({ comment }) => comment],
  [boolean('enable_query_acceleration'), ({ details }) => details.properties['ENABLE_QUERY_ACCELERATION'] === true],
  [integer('query_acceleration_max_scale_factor'), count('QUERY_ACCELERATION_MAX_SCALE_FACTOR', 8)],
  [text('resource_monitor'), property('RESOURCE_MONITOR', 'null')],
  ...['actives', 'pendings', 'failed', 'suspended'].map((name): Item => [integer(name), () => 0]),
  [text('uuid'), ({ id }) => String(id)],
  [text('scaling_policy'), property('SCALING_POLICY', 'STANDARD')],
  [text('owner_role_type'), () => 'ROLE'],
  [text('resource_constraint'), ({ details }) => propertyText(details.properties['RESOURCE_CONSTRAINT']) || null],
  [text('generation'), property('GENERATION', '1')],
];

/** SHOW WAREHOUSES. */
export const showWarehouses = showCommand({
  words: 'WAREHOUSES',
  kinds: ['WAREHOUSE'],
  global: true,
  columns: ITEMS.map(([column]) => column),
  row: (object, { session }) =>
    ITEMS.map(([, value]) =>
      value(object as CatalogObject<WarehouseDetails>, session.currentWarehouse === object.path[0]),
    ),
});
