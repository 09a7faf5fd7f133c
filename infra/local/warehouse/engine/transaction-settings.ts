import type { CommitLog } from './commit-log.ts';
import type { Lock, Locks } from './locks.ts';
import type { Mutex } from './mutex.ts';
import type { TransactionNumbers } from './transaction-numbers.ts';

/** What all sessions of a warehouse share. */
export interface TransactionSpace {
  readonly numbers: TransactionNumbers;
  readonly locks: Locks;
  readonly commits: CommitLog;
  readonly clock: () => Date;
  /** Called before each COMMIT with the keys of what it changes; what it returns is called right behind it, with the commit's position. */
  readonly committing: (keys: Iterable<string>) => Promise<(position: number) => void>;
  /** Whose commit it is. */
  readonly turn: Mutex;
  /** For how long at most others' commits may be seen late. */
  readonly lateCommitsMs: number;
}

/** What a session says about its transactions at each moment. */
export interface TransactionSettings {
  readonly autocommit: boolean;
  readonly lockTimeoutSeconds: number;
  readonly abortOnError: boolean;
  readonly signal: AbortSignal | undefined;
}

/** What a piece of DML needs and touches. */
export interface ChangeSpec {
  readonly locks: readonly Lock[];
  readonly touches: readonly string[];
  readonly writes: readonly string[];
  readonly repeatable: boolean;
}

/** What a piece of DML did: its result, and the row counts by which a repetition is checked. */
export interface Done<T> {
  readonly result: T;
  readonly counts: readonly number[];
}
