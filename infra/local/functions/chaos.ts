import { createHash } from 'node:crypto';

/** How unkind the queues and functions are; each number is a probability, and each kind befalls a message at most once, so that all still ends. */
export interface Chaos {
  readonly seed: number;
  /** A message is delivered twice: while its first delivery is under way, or after it was handled. */
  readonly duplicate?: number;
  /** A message is put back on arrival, for up to a second, and a batch is shuffled. */
  readonly reorder?: number;
  /** The function's process is killed after its handler succeeded and before its messages are deleted. */
  readonly crashBeforeAck?: number;
}

/** What befalls one service's messages; each question draws the seed's next lot, and each "yes" is given once a message. */
export interface Fate {
  putBack(messageId: string): boolean;
  deliverMeanwhile(messageId: string): boolean;
  deliverAgain(messageId: string): boolean;
  crash(messageIds: readonly string[]): boolean;
  /** A number in [0, 1). */
  draw(): number;
  shuffle<Item>(items: readonly Item[]): readonly Item[];
}

/** The fate that a seed holds for a service: the same lots in the same order at every run. */
export const fateOf = (service: string, chaos: Chaos = { seed: 0 }): Fate => {
  const half = (chaos.duplicate ?? 0) / 2;
  let draws = 0;
  const draw = (): number => {
    draws += 1;
    return createHash('sha256').update(`${chaos.seed} ${service} ${draws}`).digest().readUInt32LE() / 2 ** 32;
  };
  const suffered = new Set<string>();
  const befalls = (kind: string, ids: readonly string[], probability = 0): boolean => {
    const keys = ids.map((id) => `${kind} ${id}`);
    if (probability === 0 || keys.some((key) => suffered.has(key)) || draw() >= probability) return false;
    for (const key of keys) suffered.add(key);
    return true;
  };

  return {
    draw,
    putBack: (id) => befalls('reorder', [id], chaos.reorder),
    // The two ways of a duplicate are equally likely and share one mark: a message comes twice, not thrice.
    deliverMeanwhile: (id) => befalls('duplicate', [id], half),
    deliverAgain: (id) => befalls('duplicate', [id], half / (1 - half)),
    crash: (ids) => befalls('crash', ids, chaos.crashBeforeAck),
    shuffle: (items) =>
      chaos.reorder
        ? items
            .map((item) => ({ item, lot: draw() }))
            .sort((a, b) => a.lot - b.lot)
            .map(({ item }) => item)
        : items,
  };
};
