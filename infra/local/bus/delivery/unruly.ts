import { setTimeout as sleep } from 'node:timers/promises';
import type { Deliver, Message } from './message.ts';

/** How unruly the way to the queues is; each number but the times is a probability. */
export interface Unruliness {
  readonly seed: number;
  /** A message reaches its queue twice. */
  readonly duplicate?: number;
  /** A message is held back for up to `delayMs`, so that later ones overtake it. */
  readonly delay?: number;
  readonly delayMs?: number;
  /** A message is lost on its way, and the bus is told so. */
  readonly drop?: number;
  /** A message arrives, but the bus is told that it was lost. */
  readonly forget?: number;
}

// The generator mulberry32, by Tommy Ettinger: small, and the same numbers for the same seed everywhere.
const dice = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * Makes a way to the queues as unruly as AWS may be: at least once, in any order. Nothing is lost for good, since the
 * bus tries again what it is told was lost.
 */
export const unruly =
  (ways: Unruliness) =>
  (deliver: Deliver): Deliver => {
    const roll = dice(ways.seed);
    const befalls = (probability = 0): boolean => roll() < probability;
    return async (message: Message) => {
      const [dropped, held, twice, forgotten] = [ways.drop, ways.delay, ways.duplicate, ways.forget].map(befalls);
      const pause = roll() * (ways.delayMs ?? 100);
      if (dropped) throw new Error('lost on the way');
      if (held) await sleep(pause);
      await deliver(message);
      if (twice) await deliver(message);
      if (forgotten) throw new Error('arrived, but the answer was lost');
    };
  };
