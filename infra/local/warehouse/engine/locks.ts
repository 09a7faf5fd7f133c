import { SnowflakeError } from '../contract.ts';

/** `insert` locks only `define` out; `modify` locks out itself too; `define` locks everybody out. */
export type LockMode = 'insert' | 'modify' | 'define';

/** What a statement wants to lock. */
export interface Lock {
  readonly key: string;
  readonly mode: LockMode;
}

/** Who holds locks: a transaction, with the words that an error names it by. */
export interface LockOwner {
  readonly description: string;
}

interface Waiter extends Lock {
  readonly owner: LockOwner;
  readonly grant: () => void;
  readonly fail: (error: SnowflakeError) => void;
}

const MOST_WAITERS = 20;
const STRENGTH: Record<LockMode, number> = { insert: 0, modify: 1, define: 2 };

interface Hold {
  readonly mode: LockMode;
  readonly since: Date;
}

/** A lock that is held since a moment, or waited for. */
export interface ListedLock {
  readonly key: string;
  readonly owner: LockOwner;
  readonly since: Date | undefined;
}

/** Locks held to the end of a transaction; whoever cannot have one waits in line, and a circle of waiters is broken at once. */
export class Locks {
  readonly #held = new Map<string, Map<LockOwner, Hold>>();
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #now: () => Date;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** All locks that are held, then all that are waited for. */
  list(): ListedLock[] {
    const held = [...this.#held].flatMap(([key, holders]) =>
      [...holders].map(([owner, { since }]) => ({ key, owner, since })),
    );
    return [...held, ...[...this.#waiting.values()].flat().map(({ key, owner }) => ({ key, owner, since: undefined }))];
  }

  /** Resolves to whether it had to wait. */
  async acquire(owner: LockOwner, lock: Lock, timeoutSeconds: number, signal?: AbortSignal): Promise<boolean> {
    if (this.#grant(owner, lock)) return false;
    const queue = this.#waiting.get(lock.key) ?? [];
    if (queue.length >= MOST_WAITERS) throw tooManyWaiters(this.#holders(lock.key, owner), lock.key);
    if (this.#wouldCircle(owner, lock.key)) throw deadlock(lock.key);
    if (timeoutSeconds <= 0) throw timedOut(this.#holders(lock.key, owner), lock.key);
    await new Promise<void>((resolve, reject) => {
      const waiter: Waiter = { ...lock, owner, grant: () => end(resolve), fail: (error) => end(() => reject(error)) };
      const end = (then: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancelled);
        this.#leave(waiter);
        then();
      };
      const cancelled = (): void => waiter.fail(cancelledError());
      const timer = setTimeout(
        () => waiter.fail(timedOut(this.#holders(lock.key, owner), lock.key)),
        Math.min(timeoutSeconds * 1000, 2 ** 31 - 1),
      );
      signal?.addEventListener('abort', cancelled);
      queue.push(waiter);
      this.#waiting.set(lock.key, queue);
      if (signal?.aborted) cancelled();
    });
    return true;
  }

  /** Gives up everything that the owner holds. */
  release(owner: LockOwner): void {
    for (const [key, holders] of this.#held) {
      if (!holders.delete(owner)) continue;
      if (holders.size === 0) this.#held.delete(key);
      this.#wake(key);
    }
  }

  /** Whether someone waits for what this owner holds. */
  blocks(owner: LockOwner): boolean {
    return [...this.#waiting.keys()].some((key) => this.#held.get(key)?.has(owner));
  }

  #grant(owner: LockOwner, { key, mode }: Lock): boolean {
    const holders = this.#held.get(key) ?? new Map<LockOwner, Hold>();
    const mine = holders.get(owner);
    if (mine !== undefined && STRENGTH[mine.mode] >= STRENGTH[mode]) return true;
    for (const [other, held] of holders) if (other !== owner && conflict(held.mode, mode)) return false;
    holders.set(owner, { mode, since: mine?.since ?? this.#now() });
    this.#held.set(key, holders);
    return true;
  }

  #wake(key: string): void {
    for (const waiter of Array.from(this.#waiting.get(key) ?? [])) {
      if (!this.#grant(waiter.owner, waiter)) break;
      waiter.grant();
    }
  }

  #leave(waiter: Waiter): void {
    const queue = (this.#waiting.get(waiter.key) ?? []).filter((other) => other !== waiter);
    if (queue.length > 0) this.#waiting.set(waiter.key, queue);
    else this.#waiting.delete(waiter.key);
  }

  #holders(key: string, except: LockOwner): LockOwner[] {
    return [...(this.#held.get(key)?.keys() ?? [])].filter((holder) => holder !== except);
  }

  #wouldCircle(owner: LockOwner, key: string, seen = new Set<LockOwner>()): boolean {
    return this.#holders(key, owner).some((holder) => {
      if (seen.has(holder)) return false;
      seen.add(holder);
      return [...this.#waiting.values()]
        .flat()
        .some(
          (waiter) =>
            waiter.owner === holder &&
            (this.#held.get(waiter.key)?.has(owner) || this.#wouldCircle(owner, waiter.key, seen)),
        );
    });
  }
}

const conflict = (a: LockMode, b: LockMode): boolean =>
  a === 'define' || b === 'define' || (a === 'modify' && b === 'modify');

/** The error of a statement that was cancelled. */
export const cancelledError = (): SnowflakeError => new SnowflakeError('000604', '57014', 'SQL execution canceled');

const held = (holders: readonly LockOwner[], key: string): string =>
  `${holders[0]?.description ?? 'Another statement'} has locked ${key} and this lock has not yet been released.`;

const tooManyWaiters = (holders: readonly LockOwner[], key: string): SnowflakeError =>
  new SnowflakeError(
    '000625',
    '57014',
    `${held(holders, key)}\nYour statement was aborted because the number of waiters for this lock exceeds the ${MOST_WAITERS} statements limit.`,
  );

const timedOut = (holders: readonly LockOwner[], key: string): SnowflakeError =>
  new SnowflakeError(
    '000625',
    '57014',
    `${held(holders, key)}\nYour statement was aborted because it waited longer than LOCK_TIMEOUT.`,
  );

const deadlock = (key: string): SnowflakeError =>
  new SnowflakeError('000625', '57014', `Your statement was aborted because waiting for ${key} would be a deadlock.`);
