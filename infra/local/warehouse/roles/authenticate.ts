import { verify } from 'node:crypto';
import type { CatalogObject } from '../catalog/object.ts';
import { SnowflakeError } from '../contract.ts';
import type { Warehouse } from '../warehouse.ts';
import { grantIndex, roleExists } from './grants.ts';
import { passwordMatches, publicKeyOf, type UserDetails } from './user.ts';

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

/** Lets a user in. A name for which no user was created gets in with any password, as ACCOUNTADMIN; a created user must prove itself. */
export const authenticate = (warehouse: Warehouse, credentials: Credentials, role: string | undefined): Login => {
  const loginName = (credentials.LOGIN_NAME ?? subjectOf(credentials.TOKEN) ?? 'LOCAL').toUpperCase();
  const users = warehouse.catalog.list('USER') as CatalogObject<UserDetails>[];
  const user = users.find(({ details }) => details.loginName === loginName);
  if (user === undefined) return { user: loginName, role: role ?? 'ACCOUNTADMIN', defaults: {} };
  if (!proves(user.details, credentials, warehouse.clock()))
    throw new SnowflakeError('390100', '08004', 'Incorrect username or password was specified.');
  if (user.details.disabled)
    throw new SnowflakeError('390101', '08004', 'User access disabled. Contact your local system administrator.');
  const { defaultRole = 'PUBLIC', defaultNamespace, defaultWarehouse } = user.details;
  const [database, schema] = defaultNamespace?.split('.') ?? [];
  const name = user.path[0]!;
  if (role !== undefined && !has(warehouse, name, role)) {
    throw new SnowflakeError(
      '390189',
      '08004',
      `Role '${role}' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.`,
    );
  }
  return {
    user: name,
    role: role ?? (has(warehouse, name, defaultRole) ? defaultRole : 'PUBLIC'),
    defaults: {
      ...(database && { database }),
      ...(schema && { schema }),
      ...(defaultWarehouse && { warehouse: defaultWarehouse }),
    },
  };
};

const has = ({ catalog }: Warehouse, user: string, role: string): boolean => {
  const index = grantIndex(catalog);
  return (
    roleExists(catalog, role) &&
    (role === 'PUBLIC' || [...index.rolesOf(user)].some((granted) => index.closure(granted).has(role)))
  );
};

const proves = (
  user: UserDetails,
  { AUTHENTICATOR = 'SNOWFLAKE', PASSWORD, TOKEN }: Credentials,
  now: Date,
): boolean => {
  if (AUTHENTICATOR.toUpperCase() === 'SNOWFLAKE_JWT')
    return TOKEN !== undefined && user.rsaPublicKeys.some((key) => key !== '' && signed(TOKEN, key, now));
  return PASSWORD !== undefined && user.password !== undefined && passwordMatches(PASSWORD, user.password);
};

interface Claims {
  readonly sub?: string;
  readonly exp?: number;
}

const claimsOf = (token: string): Claims => {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Claims;
  } catch {
    return {};
  }
};

const subjectOf = (token: string | undefined): string | undefined =>
  token === undefined ? undefined : claimsOf(token).sub?.split('.').at(-1);

const signed = (token: string, key: string, now: Date): boolean => {
  const [header, body, signature] = token.split('.');
  if (header === undefined || body === undefined || signature === undefined) return false;
  const { exp = 0 } = claimsOf(token);
  // The Node driver counts in milliseconds, others in seconds.
  const expires = exp > 100_000_000_000 ? exp : exp * 1000;
  return (
    expires > now.getTime() &&
    verify('RSA-SHA256', Buffer.from(`${header}.${body}`), publicKeyOf(key), Buffer.from(signature, 'base64url'))
  );
};
