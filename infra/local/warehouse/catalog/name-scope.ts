import type { Relation } from '../contract.ts';
import type { Warehouse } from '../warehouse.ts';
import type { CatalogObject } from './object.ts';

/** What a session lends to name resolution. */
export interface NameScope {
  readonly warehouse: Warehouse;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly user: string;
  readonly sessionId: number;
  /** The session's query ids so far, newest last. */
  readonly queryIds: readonly string[];
  /** Tables that only this session sees; they hide others of the same name. */
  temporary(path: readonly string[]): CatalogObject | undefined;
  /** All of them. */
  temporaries(): readonly CatalogObject[];
  variable(name: string): string | undefined;
  /** The rows of files that the statement reads. */
  staged(name: string): Relation | undefined;
  /** Whether the open transaction has changed it. */
  isChanging(path: readonly string[]): boolean;
  /** Whether the current role may know that this object exists. */
  visible(object: CatalogObject): boolean;
  /** The roles whose privileges count now, or all that the user may take on. */
  roles(which: 'active' | 'available'): ReadonlySet<string>;
  /** Inside a view or function: the role that owns it. */
  readonly invoker?: string;
}
