import { randomUUID } from 'node:crypto';
import type { CatalogObject } from '../catalog/object.ts';
import { SnowflakeError, type Relation, type Value } from '../contract.ts';
import type { Duck } from '../engine/duck.ts';
import { Mutex } from '../engine/mutex.ts';
import { Transactions } from '../engine/transactions.ts';
import type { Warehouse } from '../warehouse.ts';
import type { Calls } from '../external/calls.ts';
import type { Access } from '../roles/access.ts';
import { Parameters, type ParameterValue } from './parameters.ts';

/** Who opens a session, and where it starts. */
export interface SessionOptions {
  readonly user: string;
  readonly role: string;
  readonly database?: string;
  readonly schema?: string;
  readonly warehouse?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** The driver and its version. */
  readonly client?: string;
}

/** A value that SET gave a name. */
export interface Variable extends Value {
  readonly createdOn: Date;
  readonly updatedOn: Date;
}

/** One connection of one user: its DuckDB connection, its place, its variables, its transaction. Statements run one after the other. */
export class Session {
  readonly id: number;
  readonly user: string;
  readonly client: string | undefined;
  readonly warehouse: Warehouse;
  readonly duck: Duck;
  readonly transactions: Transactions;
  readonly parameters: Parameters;
  readonly access: Access;
  readonly variables = new Map<string, Variable>();
  readonly temporary = new Map<string, CatalogObject>();
  /** The files that the statement under way reads, as tables. */
  readonly staged = new Map<string, Relation>();
  /** Views that only this session sees. */
  readonly temporaryViews = new Map<string, CatalogObject>();
  /** Stages and file formats that only this session sees, by kind and path. */
  readonly own = new Map<string, CatalogObject>();
  /** This session's query ids, newest last. */
  readonly queryIds: string[] = [];
  readonly queue = new Mutex();
  role: string;
  database: string | undefined;
  schema: string | undefined;
  /** Whether the user's other roles count too. */
  secondaryRoles = false;
  currentWarehouse: string | undefined;
  /** The calls of external functions of the statement that runs now. */
  calls: Calls | undefined;
  /** Stops the statement that runs now. */
  signal: AbortSignal | undefined;
  /** Grows whenever a text may mean something else than before: USE, SET, temporary tables. */
  epoch = 0;
  readonly #closing: (() => void)[] = [];
  #closed = false;

  constructor(
    warehouse: Warehouse,
    duck: Duck,
    id: number,
    access: (session: Session) => Access,
    options: SessionOptions,
  ) {
    this.warehouse = warehouse;
    this.duck = duck;
    this.id = id;
    this.user = options.user;
    this.client = options.client;
    this.role = options.role;
    this.database = options.database;
    this.schema = options.schema;
    this.currentWarehouse = options.warehouse;
    this.parameters = new Parameters({ TIMEZONE: warehouse.timeZone, ...options.parameters });
    this.access = access(this);
    this.transactions = new Transactions(duck, warehouse.space, () => ({
      autocommit: this.parameters.flag('AUTOCOMMIT'),
      lockTimeoutSeconds: this.parameters.number('LOCK_TIMEOUT'),
      abortOnError: this.parameters.flag('TRANSACTION_ABORT_ON_ERROR'),
      signal: this.signal,
    }));
  }

  /** Whether a text may mean something here that it does not mean in another session at the same place. */
  get personal(): boolean {
    return this.variables.size > 0 || this.temporary.size > 0 || this.temporaryViews.size > 0;
  }

  /** The database in use, or the error that none is. */
  needDatabase(): string {
    if (this.database === undefined) throw missing('database');
    return this.database;
  }

  onClose(action: () => void): void {
    this.#closing.push(action);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** The client is done: what runs now may finish, then the session ends. */
  async logout(): Promise<void> {
    await this.queue.run(async () => undefined);
    await this.close();
  }

  /** Ends the session: what runs is interrupted, an open transaction rolled back, temporary tables vanish. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.duck.interruptUntilFelt();
    await this.queue.run(async () => {
      this.duck.calm();
      await this.transactions.rollback().catch(() => undefined);
      await this.duck.close();
    });
    for (const action of this.#closing) action();
  }
}

/** A fresh query id, in the shape that clients check. */
export const newQueryId = (): string => randomUUID();

const missing = (what: string): SnowflakeError =>
  new SnowflakeError(
    '090105',
    '22000',
    `Cannot perform operation. This session does not have a current ${what}. Call 'USE ${what.toUpperCase()}', or use a qualified name.`,
  );
