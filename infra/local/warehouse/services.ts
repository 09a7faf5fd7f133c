import { startAlerts } from './alerts/alert-service.ts';
import { startExternal } from './external/external-service.ts';
import { startLoadHistory } from './copy/load-history-service.ts';
import { startPipes } from './pipes/pipe-service.ts';
import { startNotifications } from './notifications/notification-service.ts';
import { startDynamicTables } from './dynamic-tables/dynamic-table-service.ts';
import { startStreams } from './streams/stream-service.ts';
import { startTasks } from './tasks/task-service.ts';
import { startScripts } from './functions/script-service.ts';
import { startJavaScript } from './javascript/function-service.ts';
import type { Warehouse } from './warehouse.ts';

/** Something that works beside the sessions, such as the task scheduler: started with the warehouse, ended before it. */
export interface Service {
  close(): Promise<void>;
}

/** Registers what its part of the warehouse offers (relations, table functions), then starts its background work. */
export type StartService = (warehouse: Warehouse) => Promise<Service>;

/** All of them, in the order in which they start. */
export const SERVICES: readonly StartService[] = [
  startExternal,
  startJavaScript,
  startScripts,
  startLoadHistory,
  startStreams,
  startDynamicTables,
  startPipes,
  startNotifications,
  startTasks,
  startAlerts,
];
