import { alerterOf } from './alerts/alerter.ts';
import type { AddressInfo } from 'node:net';
import { createProtocolServer } from './protocol/http-server.ts';
import { refresherOf } from './dynamic-tables/refresher.ts';
import { schedulerOf } from './tasks/scheduler.ts';
import { Warehouse, type WarehouseOptions } from './warehouse.ts';

/** How to start a warehouse; without a port any free one is taken. */
export interface ServerOptions extends WarehouseOptions {
  readonly port?: number;
}

/** A warehouse that accepts connections. */
export interface StartedWarehouse {
  readonly url: string;
  readonly port: number;
  readonly warehouse: Warehouse;
  /** What a bucket's notification says: an object was created. */
  notifyPipes(): void;
  /** Runs the tasks that are due and refreshes dynamic tables, to the end: for a warehouse with a clock of the caller's. */
  runDueTasks(): Promise<void>;
  /** Ends everything: running statements are interrupted, open transactions rolled back, the file closed. */
  close(): Promise<void>;
}

/** Starts a warehouse on loopback: connect snowflake-sdk with `accessUrl: url` and any account, user and password. */
export const startWarehouse = async ({ port = 0, ...options }: ServerOptions = {}): Promise<StartedWarehouse> => {
  const warehouse = await Warehouse.open(options);
  const server = createProtocolServer(warehouse);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    await warehouse.close();
    throw error;
  }
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}`,
    port: actual,
    warehouse,
    notifyPipes: () => {
      for (const tell of warehouse.onObjectCreated) tell();
    },
    runDueTasks: async () => {
      await schedulerOf(warehouse).runDue();
      await refresherOf(warehouse).runDue();
      await alerterOf(warehouse).runDue();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await warehouse.close();
      // A client may have come in while the rest was stopping.
      server.closeAllConnections();
      await closed;
    },
  };
};
