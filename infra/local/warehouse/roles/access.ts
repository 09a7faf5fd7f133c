import type { CatalogChange } from '../catalog/catalog.ts';
import type { CatalogObject } from '../catalog/object.ts';

/** What the current role of a session may do. */
export interface Access {
  /** Whether the role may know that this object exists. */
  visible(object: CatalogObject): boolean;
  /** Whether the role has this privilege on the object; the owner has all of them. */
  allows(privilege: string, object: CatalogObject): boolean;
  /** Whether the role has a privilege on the account, such as EXECUTE TASK or MANAGE GRANTS. */
  onAccount(privilege: string): boolean;
  /** Stops with 003001/42501 unless the role has this privilege on the object. */
  require(privilege: string, object: CatalogObject): void;
  /** Stops unless the role may create such an object there, or replace the one that is there. */
  requireCreate(kind: string, path: readonly string[], existing: CatalogObject | undefined): void;
  /** The roles whose privileges count now, or all that the user may take on. */
  roles(which: 'active' | 'available'): ReadonlySet<string>;
  /** Makes another role the session's current one, if the user has it. */
  assume(role: string): void;
  /** Gives a new object the future grants of its schema, and the grants of the object that it replaces if told to. */
  inherit(change: CatalogChange, object: CatalogObject, copyFrom: CatalogObject | undefined): Promise<void>;
  /** Takes away all grants on an object that goes. */
  forget(change: CatalogChange, object: CatalogObject): Promise<void>;
}
