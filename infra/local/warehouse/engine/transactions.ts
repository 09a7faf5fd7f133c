import { commit } from './commit.ts';
import type { Duck, Run } from './duck.ts';
import type { Lock } from './locks.ts';
import { LateReads } from './late-reads.ts';
import { Snapshots } from './snapshots.ts';
import type { ChangeSpec, Done, TransactionSettings, TransactionSpace } from './transaction-settings.ts';
import { alreadyAborted, notRestored } from './transaction-errors.ts';
import { Transaction } from './transaction.ts';

/** What is told of a session's transactions. */
interface Trail {
  lastCommit: number;
  lastEnded: number | undefined;
  underway: Transaction | undefined;
}

/**
 * Snowflake's transactions on one DuckDB connection: each statement sees what is committed when it starts, writers wait for each
 * other, a failed statement undoes only itself. Where DuckDB would abort or keep an old snapshot, the transaction's own DML is run
 * again, provided that it must come out the same.
 */
export class Transactions {
  readonly #duck: Duck;
  readonly #space: TransactionSpace;
  readonly #settings: () => TransactionSettings;
  readonly #snapshots: Snapshots;
  readonly #late: LateReads;
  /** The position of the session's latest commit, its transaction that ended last, and the one that has begun and not ended, of a single statement too. */
  readonly trail: Trail = { lastCommit: 0, lastEnded: undefined, underway: undefined };
  #current: Transaction | undefined;

  constructor(duck: Duck, space: TransactionSpace, settings: () => TransactionSettings) {
    this.#duck = duck;
    this.#space = space;
    this.#settings = settings;
    this.#snapshots = new Snapshots(duck, space.commits);
    this.#late = new LateReads(duck, space.clock, space.lateCommitsMs);
  }

  get current(): Transaction | undefined {
    return this.#current;
  }

  /** Begins an explicit transaction; inside one it changes nothing. */
  async begin(): Promise<Transaction> {
    this.#current ??= await this.#create(true);
    return this.#current;
  }

  /** Runs a query on a fresh view of what it touches. `bounded` queries (of streams) get a transaction of their own where none is open. */
  async read<T>(touches: readonly string[], bounded: boolean, work: (run: Run) => Promise<T>): Promise<T> {
    if (this.#current === undefined) {
      return bounded ? this.#once([], [], work) : this.#late.read(() => work(this.#duck.run));
    }
    const transaction = this.#usable();
    await this.#snapshots.refresh(transaction, touches);
    return this.#guarded(transaction, () => work(this.#duck.run));
  }

  /** Runs DML: in the open transaction, else in one of its own that commits at once. */
  async change<T>(spec: ChangeSpec, work: (run: Run, transaction: Transaction) => Promise<Done<T>>): Promise<T> {
    if (this.#current === undefined && !this.#settings().autocommit) await this.begin();
    if (this.#current === undefined)
      return this.#once(spec.locks, spec.writes, (run, transaction) =>
        work(run, transaction).then(({ result }) => result),
      );
    const transaction = this.#usable();
    await this.#lock(transaction, spec.locks);
    await this.#snapshots.refresh(transaction, spec.touches);
    return this.#guarded(transaction, async () => {
      const { result, counts } = await work(this.#duck.run, transaction);
      transaction.log.push({ ...spec, counts, work: async () => (await work(this.#duck.run, transaction)).counts });
      return result;
    });
  }

  /** Runs DDL: commits what is open, then runs in a transaction of its own. */
  async define<T>(
    locks: readonly Lock[],
    writes: readonly string[],
    work: (run: Run, transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    await this.commit();
    return this.#once(locks, writes, work);
  }

  /** Commits the open transaction, if there is one; an aborted one has nothing to commit. */
  async commit(): Promise<void> {
    const transaction = this.#current;
    if (transaction === undefined) return;
    if (transaction.aborted) return this.rollback();
    try {
      await this.#finish(transaction);
    } finally {
      this.#current = undefined;
    }
  }

  /** Undoes the open transaction, if there is one. */
  async rollback(): Promise<void> {
    const transaction = this.#current;
    if (transaction === undefined) return;
    this.#current = undefined;
    try {
      await this.#snapshots.close(transaction);
    } finally {
      this.#end(transaction);
    }
  }

  async #once<T>(
    locks: readonly Lock[],
    writes: readonly string[],
    work: (run: Run, transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    const transaction = await this.#create(false);
    try {
      await this.#lock(transaction, locks);
      await this.#snapshots.open(transaction);
      const result = await work(this.#duck.run, transaction);
      transaction.log.push({ work: async () => [], counts: [], touches: [], writes, repeatable: false });
      await this.#finish(transaction);
      return result;
    } catch (error) {
      await this.#snapshots.close(transaction);
      throw error;
    } finally {
      this.#end(transaction);
    }
  }

  async #create(explicit: boolean): Promise<Transaction> {
    await this.#late.forget();
    const { number, frontier } = await this.#space.numbers.begin();
    return (this.trail.underway = new Transaction(number, frontier, explicit, this.#space.clock()));
  }

  async #lock(transaction: Transaction, locks: readonly Lock[]): Promise<void> {
    const { lockTimeoutSeconds, signal } = this.#settings();
    for (const lock of locks.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      await this.#space.locks.acquire(transaction, lock, lockTimeoutSeconds, signal);
    }
  }

  async #guarded<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.#recover(transaction, error);
      throw error;
    }
  }

  async #recover(transaction: Transaction, cause: unknown): Promise<void> {
    if (this.#settings().abortOnError) return this.#abort(transaction);
    if (transaction.log.length === 0) return this.#snapshots.close(transaction);
    try {
      if (!this.#snapshots.restorable(transaction)) throw new Error('others have changed what it had read');
      await this.#snapshots.restore(transaction);
    } catch (error) {
      await this.#abort(transaction);
      throw notRestored(cause, error);
    }
  }

  async #abort(transaction: Transaction): Promise<void> {
    await this.#snapshots.close(transaction);
    transaction.aborted = true;
    this.#space.locks.release(transaction);
  }

  #usable(): Transaction {
    const transaction = this.#current!;
    if (transaction.aborted) throw alreadyAborted();
    return transaction;
  }

  async #finish(transaction: Transaction): Promise<void> {
    try {
      if (transaction.snapshot !== undefined) {
        for (const action of transaction.beforeCommit.values()) await action(this.#duck.run);
        this.trail.lastCommit = await commit(this.#duck, this.#space, transaction.written);
        transaction.snapshot = undefined;
        for (const action of transaction.afterCommit) action();
      }
    } catch (error) {
      await this.#snapshots.close(transaction);
      throw error;
    } finally {
      this.#end(transaction);
    }
  }

  #end(transaction: Transaction): void {
    this.trail.lastEnded = transaction.number;
    if (this.trail.underway === transaction) this.trail.underway = undefined;
    this.#space.numbers.end(transaction.number);
    this.#space.locks.release(transaction);
  }
}
