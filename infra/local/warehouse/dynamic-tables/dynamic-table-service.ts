import type { StartService } from '../services.ts';
import type { RelationProvider } from '../warehouse.ts';
import type { DynamicTable } from './dynamic-table-object.ts';
import { refreshHistory } from './refresh-history-function.ts';
import { refresherOf } from './refresher.ts';

const relation: RelationProvider = (object) => {
  const { path, details } = object as DynamicTable;
  const [database, schema, name] = path as [string, string, string];
  return { database, schema, name, kind: 'dynamic table', read: details.physical, columns: details.columns };
};

/** Lets dynamic tables be read, and refreshes them by the clock; where the warehouse has been given a clock, only when told to look at it. */
export const startDynamicTables: StartService = async (warehouse) => {
  warehouse.relationProviders.set('DYNAMIC TABLE', relation);
  warehouse.tableFunctions.set('INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY', refreshHistory);
  const refresher = refresherOf(warehouse);
  if (warehouse.options.clock === undefined) refresher.start();
  return { close: () => refresher.close() };
};
