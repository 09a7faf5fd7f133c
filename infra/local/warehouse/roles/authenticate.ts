import type { Warehouse } from '../warehouse.ts';

/** What a client presents at login. */
export interface Credentials {
  readonly LOGIN_NAME?: string;
  readonly PASSWORD?: string;
  readonly TOKEN?: string;
  readonly AUTHENTICATOR?: string;
}

/** Who has logged in, and where the user's own settings put it. */
export interface Login {
  readonly user: string;
  readonly role: string;
  readonly defaults: { readonly database?: string; readonly schema?: string; readonly warehouse?: string };
}

/** Lets a user in: anyone while no such user was created, as an all-powerful administrator. */
export const authenticate = (_warehouse: Warehouse, credentials: Credentials, role: string | undefined): Login => ({
  user: (credentials.LOGIN_NAME ?? 'LOCAL').toUpperCase(),
  role: role ?? 'ACCOUNTADMIN',
  defaults: {},
});
