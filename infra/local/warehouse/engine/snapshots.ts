import type { CommitLog } from './commit-log.ts';
import { isInterruption, type Duck } from './duck.ts';
import type { Transaction } from './transaction.ts';

/** DuckDB's side of a transaction: its snapshot is opened, given up, and made anew by running the transaction's own DML again. */
export class Snapshots {
  readonly #duck: Duck;
  readonly #commits: CommitLog;

  constructor(duck: Duck, commits: CommitLog) {
    this.#duck = duck;
    this.#commits = commits;
  }

  async open(transaction: Transaction): Promise<void> {
    transaction.snapshot = this.#commits.position;
    const { next, active } = transaction.frontier;
    await this.#duck.run(
      `BEGIN; SET VARIABLE txn = ${transaction.number}; SET VARIABLE sf_next = ${next}; SET VARIABLE sf_active = [${active.join(', ')}]::BIGINT[]`,
    );
  }

  /** A statement sees what is committed when it starts: an older snapshot is given up, if what was done in it can be done again exactly. */
  async refresh(transaction: Transaction, touches: readonly string[]): Promise<void> {
    if (transaction.snapshot === undefined) return this.open(transaction);
    if (!this.#commits.changedSince(transaction.snapshot, touches)) return;
    if (this.restorable(transaction)) await this.restore(transaction);
  }

  /** Whether everything that the transaction did would come out the same on a new snapshot. */
  restorable(transaction: Transaction): boolean {
    const { log, snapshot } = transaction;
    return log.every(({ repeatable }) => repeatable) && !this.#commits.changedSince(snapshot ?? 0, transaction.touched);
  }

  /** Does everything again on a new snapshot; an error if other rows were changed than the first time. */
  async restore(transaction: Transaction): Promise<void> {
    await this.close(transaction);
    await this.open(transaction);
    for (const change of transaction.log) {
      const counts = await change.work();
      if (counts.join() !== change.counts.join())
        throw new Error('a repeated statement changed other rows than the first time');
    }
  }

  async close(transaction: Transaction): Promise<void> {
    if (transaction.snapshot === undefined) return;
    transaction.snapshot = undefined;
    await this.#duck
      .run('ROLLBACK')
      .catch((error: unknown) => (isInterruption(error) ? this.#duck.run('ROLLBACK') : undefined));
  }
}
