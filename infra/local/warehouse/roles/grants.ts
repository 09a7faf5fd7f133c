import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogObject, ObjectKind } from '../catalog/object.ts';

/** What a grant's catalog entry holds. */
export type GrantDetails =
  | {
      readonly type: 'object';
      readonly role: string;
      readonly privilege: string;
      readonly objectId: number;
      readonly grantOption: boolean;
    }
  | { readonly type: 'account'; readonly role: string; readonly privilege: string; readonly grantOption: boolean }
  | {
      readonly type: 'future';
      readonly role: string;
      readonly privilege: string;
      readonly kind: ObjectKind;
      readonly within: readonly string[];
      readonly grantOption: boolean;
    }
  | { readonly type: 'role'; readonly granted: string; readonly to: 'ROLE' | 'USER'; readonly name: string };

/** A grant as the catalog keeps it. */
export type GrantObject = CatalogObject<GrantDetails>;

/** The roles that are there from the beginning, with the roles that each of them has. */
export const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  ACCOUNTADMIN: ['SYSADMIN', 'SECURITYADMIN'],
  SECURITYADMIN: ['USERADMIN'],
  SYSADMIN: [],
  USERADMIN: [],
  PUBLIC: [],
};

/** Privileges on the account that built-in roles have by nature. */
const INBORN: Readonly<Record<string, readonly string[]>> = {
  SYSADMIN: ['CREATE DATABASE', 'CREATE WAREHOUSE'],
  USERADMIN: ['CREATE ROLE', 'CREATE USER'],
  SECURITYADMIN: ['MANAGE GRANTS'],
};

/** The path that makes a grant unique; no database can have an empty name, so none contains it. */
export const grantPath = (details: GrantDetails): string[] => {
  switch (details.type) {
    case 'object':
      return ['', 'object', details.role, details.privilege, String(details.objectId)];
    case 'account':
      return ['', 'account', details.role, details.privilege];
    case 'future':
      return ['', 'future', details.role, details.privilege, details.kind, ...details.within];
    case 'role':
      return ['', 'role', details.granted, details.to, details.name];
  }
};

/** All grants, arranged for lookups; it holds for one version of the catalog. */
export class GrantIndex {
  readonly #parents = new Map<string, Set<string>>();
  readonly #users = new Map<string, Set<string>>();
  readonly #objects = new Map<string, Map<number, Set<string>>>();
  readonly #account = new Map<string, Set<string>>();
  readonly #closures = new Map<string, ReadonlySet<string>>();

  constructor(grants: readonly GrantObject[]) {
    for (const { details } of grants) this.#add(details);
    for (const [role, granted] of Object.entries(BUILT_IN)) for (const each of granted) add(this.#parents, role, each);
    for (const [role, privileges] of Object.entries(INBORN))
      for (const each of privileges) add(this.#account, role, each);
  }

  /** The role and all roles that it has, directly or through others; PUBLIC always. */
  closure(role: string): ReadonlySet<string> {
    const known = this.#closures.get(role);
    if (known !== undefined) return known;
    const found = new Set([role, 'PUBLIC']);
    for (const each of found) for (const granted of this.#parents.get(each) ?? []) found.add(granted);
    this.#closures.set(role, found);
    return found;
  }

  /** Roles granted to a user itself. */
  rolesOf(user: string): ReadonlySet<string> {
    return this.#users.get(user) ?? new Set();
  }

  /** Privileges of one role itself on an object. */
  on(role: string, objectId: number): ReadonlySet<string> | undefined {
    return this.#objects.get(role)?.get(objectId);
  }

  onAccount(role: string, privilege: string): boolean {
    return this.#account.get(role)?.has(privilege) ?? false;
  }

  #add(details: GrantDetails): void {
    if (details.type === 'role')
      add(details.to === 'ROLE' ? this.#parents : this.#users, details.name, details.granted);
    else if (details.type === 'account') add(this.#account, details.role, details.privilege);
    else if (details.type === 'object') {
      const objects = this.#objects.get(details.role) ?? new Map<number, Set<string>>();
      this.#objects.set(details.role, objects);
      const privileges = objects.get(details.objectId) ?? new Set();
      objects.set(details.objectId, privileges.add(details.privilege));
    }
  }
}

const add = (map: Map<string, Set<string>>, key: string, value: string): void => {
  map.set(key, (map.get(key) ?? new Set()).add(value));
};

const indexes = new WeakMap<Catalog, { version: number; index: GrantIndex }>();

/** The grants of a catalog as it is now. */
export const grantIndex = (catalog: Catalog): GrantIndex => {
  const known = indexes.get(catalog);
  if (known?.version === catalog.version) return known.index;
  const index = new GrantIndex(catalog.list('GRANT') as GrantObject[]);
  indexes.set(catalog, { version: catalog.version, index });
  return index;
};

/** Whether a role exists: built in, or created. */
export const roleExists = (catalog: Catalog, role: string): boolean =>
  role in BUILT_IN || catalog.find('ROLE', [role]) !== undefined;
