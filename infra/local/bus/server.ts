import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureBus } from './api/buses.ts';
import type { Bus } from './bus.ts';
import { startDispatcher } from './delivery/dispatcher.ts';
import type { Deliver } from './delivery/message.ts';
import { continueReplays } from './delivery/replay.ts';
import { sqsDelivery } from './delivery/sqs.ts';
import { handle } from './protocol.ts';
import { startTicker } from './schedule/ticker.ts';
import { openStore } from './store/store.ts';

/** How to start a bus. */
export interface BusOptions {
  /** A free one by default. */
  readonly port?: number;
  /** Where the bus keeps its memory; without it, all is forgotten in the end. */
  readonly dataDir?: string;
  readonly region: string;
  readonly account: string;
  /** Where the queues are. */
  readonly sqsEndpoint: string;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** The ids of events. */
  readonly id?: () => string;
  /** Puts something between the bus and the queues, such as `unruly({ seed, duplicate, delay, drop })`. */
  readonly deliver?: (deliver: Deliver) => Deliver;
  /** How long to wait before the next attempt, after so many. */
  readonly retryDelayMs?: (attempts: number) => number;
  /** Hears of events that are given up; stderr by default. */
  readonly log?: (line: string) => void;
}

/** A bus that runs. */
export interface RunningBus {
  readonly url: string;
  readonly port: number;
  /** Finishes what is under way; what isn't delivered by then is, after the next start on the same folder. */
  close(): Promise<void>;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 30_000;

const backOff = (attempts: number): number =>
  Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2);

/** Starts an EventBridge on this machine, which an AWS SDK talks to when its `endpoint` is the url. */
export const startBus = async (options: BusOptions): Promise<RunningBus> => {
  const { region, account, clock: now = Date.now, id: newId = randomUUID, retryDelayMs = backOff } = options;
  const log = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  const store = openStore(options.dataDir);
  const queues = sqsDelivery(options.sqsEndpoint, region);
  const deliver = options.deliver?.(queues.deliver) ?? queues.deliver;
  const dispatcher = startDispatcher(store, { deliver, now, retryDelayMs, log });
  const background = new Set<Promise<void>>();
  let closing = false;
  const bus: Bus = {
    region,
    account,
    store,
    dispatcher,
    now,
    newId,
    log,
    closing: () => closing,
    schedulesChanged: () => ticker.reset(),
    background: (work) => {
      const running = work()
        .catch((error: unknown) => log(`bus: ${String(error)}`))
        .finally(() => background.delete(running));
      background.add(running);
    },
  };
  ensureBus(bus, 'default');

  const server = createServer((request, response) => void handle(bus, request, response));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  dispatcher.resume();
  // Behind what was left over: taken up again, its first events would be sent twice.
  const ticker = startTicker(bus);
  continueReplays(bus);

  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      closing = true;
      ticker.close();
      server.close();
      server.closeIdleConnections();
      await dispatcher.close();
      await Promise.all(background);
      server.closeAllConnections();
      queues.close();
      store.close();
    },
  };
};
