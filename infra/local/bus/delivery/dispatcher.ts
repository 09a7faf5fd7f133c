import type { Store } from '../store/store.ts';
import { attempt } from './attempt.ts';
import type { Attempting } from './attempt.ts';
import type { Target } from './target.ts';

/** An accepted event on its way to one target. */
export interface NewDelivery {
  readonly event: string;
  readonly target: Target;
  readonly ruleArn: string;
  readonly ruleName: string;
}

/** Carries accepted events to their targets: each at least once, whatever fails in between. */
export interface Dispatcher {
  /** Writes a delivery down; from then on it survives the process. */
  keep(delivery: NewDelivery): number;
  /** Resolves when each of these was tried once, or after a while: what is kept needs no waiting for. */
  send(ids: readonly number[]): Promise<void>;
  /** Takes up what a process before this one left. */
  resume(): void;
  /** Stops trying; what isn't delivered stays written down. */
  close(): Promise<void>;
}

const MAX_ACTIVE = 50;
const PATIENCE_MS = 500;

/** Starts with nothing to do; `now` stamps what is kept. */
export const startDispatcher = (store: Store, attempting: Attempting): Dispatcher => {
  const ready: { id: number; tried: () => void }[] = [];
  const waiting = new Set<NodeJS.Timeout>();
  const active = new Set<Promise<void>>();
  let closed = false;

  const submit = (id: number, tried: () => void): void => {
    ready.push({ id, tried });
    pump();
  };

  const later = (id: number, delayMs: number): void => {
    if (closed) return;
    const timer = setTimeout(() => {
      waiting.delete(timer);
      submit(id, () => undefined);
    }, delayMs);
    waiting.add(timer);
  };

  const pump = (): void => {
    while (active.size < MAX_ACTIVE) {
      const next = closed ? undefined : ready.shift();
      if (next === undefined) return;
      const running = attempt(store, attempting, next.id)
        .then((retryMs) => retryMs !== undefined && later(next.id, retryMs))
        .then(() => {
          active.delete(running);
          next.tried();
          pump();
        });
      active.add(running);
    }
  };

  return {
    keep: ({ event, target, ruleArn, ruleName }) =>
      store.insert(
        'INSERT INTO deliveries (event, target, ruleArn, ruleName, accepted) VALUES (?, ?, ?, ?, ?)',
        event,
        JSON.stringify(target),
        ruleArn,
        ruleName,
        attempting.now(),
      ),
    send: async (ids) => {
      const all = Promise.all(ids.map((id) => new Promise<void>((resolve) => submit(id, resolve))));
      const patience = new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, PATIENCE_MS);
        void all.then(() => clearTimeout(timer)).then(resolve);
      });
      await patience;
    },
    resume: () => {
      for (const { id } of store.all<{ id: number }>('SELECT id FROM deliveries ORDER BY id'))
        submit(id, () => undefined);
    },
    close: async () => {
      closed = true;
      for (const timer of waiting) clearTimeout(timer);
      await Promise.all(active);
    },
  };
};
