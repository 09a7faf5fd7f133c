import type { CatalogChange } from '../catalog/catalog.ts';
import type { Session } from '../session/session.ts';
import type { CatalogObject, ObjectKind } from '../catalog/object.ts';

/** What the current role of a session may do. */
export interface Access {
  /** Whether the role may know that this object exists. */
  visible(object: CatalogObject): boolean;
  /** Whether the role has this privilege on the object. */
  allows(privilege: string, object: CatalogObject): boolean;
  /** Stops with 003001/42501 unless the role has this privilege on the object. */
  require(privilege: string, object: CatalogObject): void;
  /** Stops unless the role may create such an object there, or replace the one that is there. */
  requireCreate(kind: ObjectKind, path: readonly string[], existing: CatalogObject | undefined): void;
  /** Gives a new object the future grants of its schema, and the grants of the object that it replaces if told to. */
  inherit(change: CatalogChange, object: CatalogObject, copyFrom: CatalogObject | undefined): Promise<void>;
  /** Makes another role the session's current one, if the user has it. */
  assume(role: string): void;
  /** Takes away all grants on an object that goes. */
  forget(change: CatalogChange, object: CatalogObject): Promise<void>;
}

/** The access of a session without any limits: it may take any role's name. */
export const unlimited = (session: Session): Access => ({
  assume: (role) => {
    session.role = role;
  },
  visible: () => true,
  allows: () => true,
  require: () => undefined,
  requireCreate: () => undefined,
  inherit: async () => undefined,
  forget: async () => undefined,
});
