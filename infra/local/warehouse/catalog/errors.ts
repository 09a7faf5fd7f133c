import { SnowflakeError } from '../contract.ts';
import { displayName } from '../sql/identifier.ts';
import type { ObjectKind } from './object.ts';

const RELATIONS = new Set<string>(['TABLE', 'VIEW', 'STREAM', 'DYNAMIC TABLE']);

const title = (kind: string): string => kind.charAt(0) + kind.slice(1).toLowerCase();

/** No object of this kind has that name, or the role may not know of it. */
export const notFound = (kind: ObjectKind | 'OBJECT', path: readonly string[]): SnowflakeError =>
  new SnowflakeError(
    '002003',
    RELATIONS.has(kind) || kind === 'OBJECT' ? '42S02' : '02000',
    `SQL compilation error:\n${title(kind)} '${displayName(path)}' does not exist or not authorized.`,
  );

/** What DROP, ALTER, USE and DESCRIBE say of something that is not there. */
export const notThere = (): SnowflakeError =>
  new SnowflakeError(
    '002043',
    '02000',
    'SQL compilation error:\nObject does not exist, or operation cannot be performed.',
  );

export const alreadyExists = (path: readonly string[]): SnowflakeError =>
  new SnowflakeError('002002', '42710', `SQL compilation error:\nObject '${displayName(path)}' already exists.`);

/** What UNDROP does not find. */
export const purged = (path: readonly string[], kind: ObjectKind = 'TABLE'): SnowflakeError =>
  new SnowflakeError(
    '002003',
    '02000',
    `SQL compilation error:\n${title(kind)} '${displayName(path.slice(-1))}' did not exist or was purged.`,
  );

/** A feature that is refused because it could not be done exactly. */
export const unsupported = (feature: string): SnowflakeError =>
  new SnowflakeError('000002', '0A000', `Unsupported feature '${feature}'.`);

/** A statement that is well formed but wrong. */
export const invalid = (message: string): SnowflakeError =>
  new SnowflakeError('001008', '22023', `SQL compilation error:\n${message}`);
