import type { Duck } from './duck.ts';

/**
 * Lets a session see what others have committed late, as Snowflake's READ_CONSISTENCY_MODE = SESSION may: a query outside of transactions
 * sees what stood when the one before it had ended, if that is not longer ago than `lateMs`. Its own commits it sees at once.
 */
export class LateReads {
  readonly #duck: Duck;
  readonly #now: () => Date;
  readonly #lateMs: number;
  #lookedAt: number | undefined;

  constructor(duck: Duck, now: () => Date, lateMs: number) {
    this.#duck = duck;
    this.#now = now;
    this.#lateMs = lateMs;
  }

  async read<T>(work: () => Promise<T>): Promise<T> {
    if (this.#lateMs === 0) return work();
    if (this.#lookedAt !== undefined && this.#now().getTime() - this.#lookedAt < this.#lateMs) {
      try {
        return await work();
      } catch {
        // What it names may have been made since; then it is told of the present.
      }
    }
    await this.forget();
    const result = await work();
    // DuckDB fixes what a transaction sees at its first look.
    await this.#duck.run('BEGIN; SELECT count(*) FROM _catalog.counter');
    this.#lookedAt = this.#now().getTime();
    return result;
  }

  /** The next look is at the present: a transaction begins, or has ended. */
  async forget(): Promise<void> {
    if (this.#lookedAt === undefined) return;
    this.#lookedAt = undefined;
    await this.#duck.run('ROLLBACK');
  }
}
