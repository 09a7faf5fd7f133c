import { unsupported } from '../../catalog/errors.ts';
import type { ObjectKind } from '../../catalog/object.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import type { Token } from '../../sql/token.ts';

/** What a privilege is granted on. */
export type Target =
  | { readonly on: 'account' }
  | {
      readonly on: 'object';
      readonly kind: ObjectKind;
      readonly name: readonly string[];
      readonly signature?: readonly string[];
    }
  | {
      readonly on: 'all' | 'future';
      readonly kind: ObjectKind;
      readonly within: 'SCHEMA' | 'DATABASE';
      readonly name: readonly string[];
    };

/** A GRANT or REVOKE of privileges, read. */
export interface GrantStatement {
  /** Privileges by name; `ALL` stands for all that the kind has. */
  readonly privileges: readonly string[];
  readonly target: Target;
  readonly role: string;
  readonly grantOption: boolean;
  /** Whether only the right to grant it on is taken away. */
  readonly optionOnly: boolean;
  readonly currentGrants: 'COPY' | 'REVOKE' | undefined;
}

const KINDS: readonly (readonly [singular: string, plural: string, kind: ObjectKind])[] = [
  ['DATABASE', 'DATABASES', 'DATABASE'],
  ['SCHEMA', 'SCHEMAS', 'SCHEMA'],
  ['TABLE', 'TABLES', 'TABLE'],
  ['VIEW', 'VIEWS', 'VIEW'],
  ['STREAM', 'STREAMS', 'STREAM'],
  ['DYNAMIC TABLE', 'DYNAMIC TABLES', 'DYNAMIC TABLE'],
  ['STAGE', 'STAGES', 'STAGE'],
  ['FILE FORMAT', 'FILE FORMATS', 'FILE FORMAT'],
  ['PIPE', 'PIPES', 'PIPE'],
  ['TASK', 'TASKS', 'TASK'],
  ['PROCEDURE', 'PROCEDURES', 'PROCEDURE'],
  ['FUNCTION', 'FUNCTIONS', 'FUNCTION'],
  ['SEQUENCE', 'SEQUENCES', 'SEQUENCE'],
  ['WAREHOUSE', 'WAREHOUSES', 'WAREHOUSE'],
  ['INTEGRATION', 'INTEGRATIONS', 'INTEGRATION'],
  ['ALERT', 'ALERTS', 'ALERT'],
  ['TAG', 'TAGS', 'TAG'],
  ['MASKING POLICY', 'MASKING POLICIES', 'MASKING POLICY'],
  ['ROW ACCESS POLICY', 'ROW ACCESS POLICIES', 'ROW ACCESS POLICY'],
  ['USER', 'USERS', 'USER'],
  ['ROLE', 'ROLES', 'ROLE'],
];

/** Reads `GRANT <privileges> ON <target> TO [ROLE] r [WITH GRANT OPTION]` and its REVOKE. */
export const parseGrant = (cursor: Cursor): GrantStatement => {
  const grants = cursor.accept('GRANT');
  if (!grants) cursor.expect('REVOKE');
  const optionOnly = !grants && cursor.accept('GRANT', 'OPTION', 'FOR');
  const privileges = [privilege(cursor)];
  while (cursor.accept(',')) privileges.push(privilege(cursor));
  cursor.expect('ON');
  const target = parseTarget(cursor);
  cursor.expect(grants ? 'TO' : 'FROM');
  if (cursor.at('DATABASE', 'ROLE')) throw unsupported('database roles');
  if (cursor.at('SHARE') || cursor.at('USER') || cursor.at('APPLICATION'))
    throw unsupported(`GRANT ... TO ${cursor.peek().value}`);
  if (cursor.peek(1).kind === 'word' || cursor.peek(1).kind === 'quoted') cursor.accept('ROLE');
  const role = cursor.identifier();
  const grantOption = cursor.accept('WITH', 'GRANT', 'OPTION');
  const currentGrants = cursor.acceptAny(['COPY', 'REVOKE']) as 'COPY' | 'REVOKE' | undefined;
  if (currentGrants !== undefined) cursor.expect('CURRENT', 'GRANTS');
  cursor.acceptAny(['CASCADE', 'RESTRICT']);
  cursor.finish();
  return { privileges, target, role, grantOption, optionOnly, currentGrants };
};

const privilege = (cursor: Cursor): string => {
  const words: string[] = [];
  while (!cursor.at('ON') && !cursor.at(',')) {
    const token = cursor.next();
    if (token.kind !== 'word') throw unexpected(token);
    words.push(token.value);
  }
  const name = words.join(' ');
  return name === 'ALL PRIVILEGES' ? 'ALL' : name;
};

const parseTarget = (cursor: Cursor): Target => {
  if (cursor.accept('ACCOUNT')) return { on: 'account' };
  const many = cursor.at('ALL') || cursor.at('FUTURE') ? cursor.next().value : undefined;
  if (many !== undefined) {
    const kind = kindNamed(cursor, 1);
    cursor.expect('IN');
    const within = cursor.acceptAny(['SCHEMA', 'DATABASE']);
    if (within === undefined) throw unexpected(cursor.peek());
    return {
      on: many === 'ALL' ? 'all' : 'future',
      kind,
      within: within as 'SCHEMA' | 'DATABASE',
      name: cursor.name(),
    };
  }
  return parseObject(cursor);
};

/** Reads a kind and a name, for functions and procedures with the types of their arguments. */
export const parseObject = (cursor: Cursor): Extract<Target, { on: 'object' }> => {
  const kind = kindNamed(cursor, 0);
  const name = cursor.name();
  if (!cursor.at('(')) return { on: 'object', kind, name };
  return { on: 'object', kind, name, signature: cursor.list(() => typeText(cursor)) };
};

const typeText = (cursor: Cursor): string => {
  const token: Token = cursor.next();
  if (token.kind !== 'word') throw unexpected(token);
  if (cursor.at('(')) cursor.list(() => cursor.number());
  return token.value;
};

const kindNamed = (cursor: Cursor, form: 0 | 1): ObjectKind => {
  if (form === 0 && cursor.accept('MATERIALIZED', 'VIEW')) return 'VIEW';
  if (cursor.at('MATERIALIZED')) throw unsupported('GRANT ... ON ALL or FUTURE MATERIALIZED VIEWS');
  const found = KINDS.find((names) => cursor.accept(...names[form].split(' ')));
  if (found === undefined) throw unexpected(cursor.peek());
  return found[2];
};
