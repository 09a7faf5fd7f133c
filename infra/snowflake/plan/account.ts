import type { Shape } from './shape.ts';

/** What is there on an account, as far as a definition speaks of it; names without quotes, in full. */
export interface Account {
  /** Objects by kind and name, for example `TABLE DEV_RAW.ECOMM.ORDERS`; with the text of procedures and tasks. */
  readonly objects: ReadonlyMap<string, Found>;
  /** Columns by table, with their types. */
  readonly columns: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly grants: readonly Granted[];
  /** Privileges on tables to come, by `role privilege schema`. */
  readonly futureGrants: ReadonlySet<string>;
  /** Roles granted, by `role kind name`. */
  readonly memberships: ReadonlySet<string>;
  /** Properties of users, by `user property`. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface Found {
  /** What it is made as, where the account tells. */
  readonly shape?: Shape;
  readonly text?: string;
  readonly isStarted?: boolean;
  readonly isStale?: boolean;
  readonly rows?: number;
}

/** One privilege that a role has. */
export interface Granted {
  readonly role: string;
  readonly privilege: string;
  readonly kind: string;
  readonly name: string;
  /** What a procedure takes, `(VARCHAR)`; empty for anything else. */
  readonly takes: string;
}
