import { createHash, createPublicKey, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { invalid } from '../catalog/errors.ts';
import type { Property } from '../catalog/properties.ts';

/** What a user's catalog entry holds; the password only as a salted hash. */
export interface UserDetails {
  readonly loginName: string;
  readonly password?: string;
  readonly rsaPublicKeys: readonly string[];
  readonly defaultRole?: string;
  readonly defaultWarehouse?: string;
  readonly defaultNamespace?: string;
  readonly disabled: boolean;
  /** The other properties, as they were given. */
  readonly properties: Readonly<Record<string, Property>>;
}

/** Hashes a password for keeping. */
const hashPassword = (password: string): string => {
  const salt = randomBytes(16);
  return `${salt.toString('base64')}:${scryptSync(password, salt, 32, { N: 1024 }).toString('base64')}`;
};

export const passwordMatches = (password: string, kept: string): boolean => {
  const [salt = '', hash = ''] = kept.split(':');
  const expected = Buffer.from(hash, 'base64');
  return timingSafeEqual(scryptSync(password, Buffer.from(salt, 'base64'), 32, { N: 1024 }), expected);
};

const PLAIN = [
  'DISPLAY_NAME',
  'FIRST_NAME',
  'LAST_NAME',
  'EMAIL',
  'MUST_CHANGE_PASSWORD',
  'TYPE',
  'DAYS_TO_EXPIRY',
  'MINS_TO_UNLOCK',
  'DEFAULT_SECONDARY_ROLES',
  'WORKLOAD_IDENTITY',
  'COMMENT',
];

/** A user's details after CREATE or ALTER has set these properties. */
export const withProperties = (user: UserDetails, properties: Readonly<Record<string, Property>>): UserDetails => {
  let next: UserDetails = user;
  for (const [name, value] of Object.entries(properties)) {
    const word = typeof value === 'string' ? value : '';
    if (name === 'PASSWORD') next = { ...next, password: hashPassword(word) };
    else if (name === 'LOGIN_NAME') next = { ...next, loginName: word.toUpperCase() };
    else if (name === 'RSA_PUBLIC_KEY')
      next = { ...next, rsaPublicKeys: [checkedKey(word), ...next.rsaPublicKeys.slice(1)] };
    else if (name === 'RSA_PUBLIC_KEY_2')
      next = { ...next, rsaPublicKeys: [next.rsaPublicKeys[0] ?? '', checkedKey(word)] };
    else if (name === 'DEFAULT_ROLE') next = { ...next, defaultRole: folded(word) };
    else if (name === 'DEFAULT_WAREHOUSE') next = { ...next, defaultWarehouse: folded(word) };
    else if (name === 'DEFAULT_NAMESPACE') next = { ...next, defaultNamespace: folded(word) };
    else if (name === 'DISABLED') next = { ...next, disabled: value === true };
    else if (PLAIN.includes(name)) next = { ...next, properties: { ...next.properties, [name]: value } };
    else throw invalid(`invalid property '${name}' for 'USER'`);
  }
  return next;
};

// Snowflake folds these even when they are given as strings.
const folded = (word: string): string => word.toUpperCase();

const checkedKey = (text: string): string => {
  const body = text.replace(/-----[^-]+-----|\s/g, '');
  try {
    publicKeyOf(body);
  } catch {
    throw invalid("New public key rejected by current policy. Reason: 'Invalid public key'.");
  }
  return body;
};

/** How Snowflake names a key in short. */
export const fingerprintOf = (body: string): string =>
  `SHA256:${createHash('sha256').update(Buffer.from(body, 'base64')).digest('base64')}`;

/** The key behind the base64 body that a user's entry keeps. */
export const publicKeyOf = (body: string) =>
  createPublicKey({ key: Buffer.from(body, 'base64'), format: 'der', type: 'spki' });
