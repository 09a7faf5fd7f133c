import type { Column, Relation } from '../contract.ts';
import type { VirtualView } from '../metadata/virtual-view.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { integer, text, timestamp } from './outcome.ts';

const ITEMS = [
  [timestamp('START_TIME'), 'TIMESTAMPTZ'],
  [timestamp('END_TIME'), 'TIMESTAMPTZ'],
  [integer('WAREHOUSE_ID'), 'BIGINT'],
  [text('WAREHOUSE_NAME'), 'VARCHAR'],
  [integer('CREDITS_USED'), 'BIGINT'],
  [integer('CREDITS_USED_COMPUTE'), 'BIGINT'],
  [integer('CREDITS_USED_CLOUD_SERVICES'), 'BIGINT'],
] as const;

const select = (items: readonly (readonly [Column, string])[]): string =>
  `(SELECT ${items.map(([{ name }, type]) => `NULL::${type} AS ${displayIdentifier(name)}`).join(', ')} WHERE FALSE)`;

const OF_ACCOUNT = [...ITEMS, [integer('CREDITS_ATTRIBUTED_COMPUTE_QUERIES'), 'BIGINT']] as const;

/** The same as a view of ACCOUNT_USAGE. */
export const meteringView: VirtualView = {
  columns: OF_ACCOUNT.map(([column]) => column),
  rows: () => [],
  read: () => select(OF_ACCOUNT),
};

/** INFORMATION_SCHEMA.WAREHOUSE_METERING_HISTORY: an hour in which a warehouse has cost nothing has no row, and here none costs anything. */
export const meteringFunction: TableFunctionProvider = (): Relation => ({
  database: '',
  schema: 'INFORMATION_SCHEMA',
  name: 'WAREHOUSE_METERING_HISTORY',
  kind: 'view',
  columns: ITEMS.map(([column]) => column),
  read: select(ITEMS),
});
