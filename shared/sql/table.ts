import { TableRef } from '../../events/contract.ts';

/**
 * A table of another name in the same database and schema.
 * @example sibling('DEV_RAW.ECOMM.ORDERS', 'ORDERS_PIPE') // 'DEV_RAW.ECOMM.ORDERS_PIPE'
 */
export const sibling = (table: string, name: string): TableRef =>
  TableRef.parse([...table.split('.').slice(0, 2), name].join('.'));

/**
 * A pipeline's name as it appears in table names.
 * @example tableName('orders', 'STREAMED') // 'ORDERS_STREAMED'
 */
export const tableName = (pipeline: string, ...parts: readonly (string | number)[]): string =>
  [pipeline, ...parts].join('_').toUpperCase();
