import type { Dispatcher } from './delivery/dispatcher.ts';
import type { Store } from './store/store.ts';

/** What every operation works on. */
export interface Bus {
  readonly region: string;
  readonly account: string;
  readonly store: Store;
  readonly dispatcher: Dispatcher;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: (line: string) => void;
  /** Runs work beside the calls; the bus waits for it before it closes. */
  readonly background: (work: () => Promise<void>) => void;
  /** To be called when schedules have changed. */
  readonly schedulesChanged: () => void;
  /** True once the bus is to close: work beside the calls then stops. */
  readonly closing: () => boolean;
}
