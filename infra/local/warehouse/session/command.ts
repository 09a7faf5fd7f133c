import type { Value } from '../contract.ts';
import type { CatalogChange } from '../catalog/catalog.ts';
import type { Run } from '../engine/duck.ts';
import type { Lock } from '../engine/locks.ts';
import type { ChangeSpec, Done } from '../engine/transaction-settings.ts';
import type { Transaction } from '../engine/transaction.ts';
import type { Cursor } from '../sql/cursor.ts';
import type { Statement } from '../sql/split.ts';
import type { Token } from '../sql/token.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Outcome } from './outcome.ts';
import type { Session } from './session.ts';

/** Values for a statement's binds: `?` and `:1` by position, `:name` (of Scripting) by name in upper case. */
export interface Binds {
  readonly positional: readonly Value[];
  readonly named?: ReadonlyMap<string, Value>;
  /** Array binds: the statement runs once for each of these rows, as one. */
  readonly rows?: readonly (readonly Value[])[];
}

/** What a command works with while one statement runs. */
export interface StatementContext {
  readonly session: Session;
  readonly warehouse: Warehouse;
  readonly statement: Statement;
  readonly binds: Binds;
  readonly queryId: string;
  readonly startedAt: Date;
  /** A cursor at the statement's first token; each call gives a new one. */
  readonly cursor: () => Cursor;
  /** Runs another Snowflake statement in the same session, in whatever transaction is open. */
  readonly execute: (sql: string, binds?: Binds) => Promise<Outcome>;
  /** DML of one's own: in the open transaction, else in one that commits at once. `work` may be run again to restore a transaction. */
  readonly change: <T>(spec: ChangeSpec, work: (run: Run, transaction: Transaction) => Promise<Done<T>>) => Promise<T>;
  /** DDL: commits the open transaction first; catalog changes become visible with its own commit. */
  readonly define: <T>(
    locks: readonly Lock[],
    work: (run: Run, change: CatalogChange, transaction: Transaction) => Promise<T>,
  ) => Promise<T>;
}

/** A statement in the place of the one that was written. */
export interface Rewritten {
  readonly statement: Statement;
  readonly binds: Binds;
}

/** A kind of statement that is not translated SQL. */
export interface Command {
  /** `words` are the statement's first words, upper-cased, without what may stand between CREATE and the kind (OR REPLACE, TRANSIENT, ...). */
  matches(words: readonly string[], tokens: readonly Token[]): boolean;
  run(context: StatementContext): Promise<Outcome>;
}

/** A command known by its first words. */
export const command = (words: string, run: (context: StatementContext) => Promise<Outcome>): Command => {
  const wanted = words.split(' ');
  return { matches: (first) => wanted.every((word, i) => first[i] === word), run };
};
