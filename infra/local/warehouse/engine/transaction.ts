import type { LockOwner } from './locks.ts';
import type { Frontier } from './transaction-numbers.ts';
import type { Run } from './duck.ts';

/** One DML statement of a transaction, in a form that can be run again after DuckDB has thrown the transaction away. */
export interface Change {
  /** Runs the statement and returns its row counts: the same ones each time, or the transaction cannot be restored. */
  readonly work: () => Promise<readonly number[]>;
  readonly counts: readonly number[];
  /** Keys of all relations that it read or wrote. */
  readonly touches: readonly string[];
  readonly writes: readonly string[];
  /** False if it made values (random, sequences) that would differ the second time. */
  readonly repeatable: boolean;
}

/** An open transaction of a session: its number, what it sees, what it has done so far. */
export class Transaction implements LockOwner {
  readonly number: number;
  readonly frontier: Frontier;
  readonly explicit: boolean;
  readonly startedAt: Date;
  readonly log: Change[] = [];
  /** Runs inside the DuckDB transaction right before its COMMIT, once per key however often it was set. */
  readonly beforeCommit = new Map<string, (run: Run) => Promise<void>>();
  readonly afterCommit: (() => void)[] = [];
  /** Position in the commit log that DuckDB's snapshot stands for; undefined while no DuckDB transaction is open. */
  snapshot: number | undefined;
  /** Set once an error has made an end of it (TRANSACTION_ABORT_ON_ERROR, or it could not be restored). */
  aborted = false;
  /** What a lock error says of its holder. */
  description: string;

  constructor(number: number, frontier: Frontier, explicit: boolean, startedAt: Date) {
    this.number = number;
    this.frontier = frontier;
    this.explicit = explicit;
    this.startedAt = startedAt;
    this.description = `Transaction ${number}`;
  }

  get touched(): Set<string> {
    return new Set(this.log.flatMap(({ touches }) => touches));
  }

  get written(): Set<string> {
    return new Set(this.log.flatMap(({ writes }) => writes));
  }
}
