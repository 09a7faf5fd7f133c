import type { Command } from '../../session/command.ts';
import type { Token } from '../../sql/token.ts';
import { unsupported } from '../errors.ts';

/** Clauses of CREATE and ALTER that belong to many kinds of objects, and what they are called when they are refused. */
const CLAUSES: readonly (readonly [words: string, feature: string])[] = [
  ['SET TAG', 'tags'],
  ['UNSET TAG', 'tags'],
  ['WITH TAG (', 'tags'],
  ['WITH CONTACT (', 'contacts'],
  ['SET CONTACT', 'contacts'],
  ['UNSET CONTACT', 'contacts'],
  ['WITH MANAGED ACCESS', 'MANAGED ACCESS'],
  ['ENABLE MANAGED ACCESS', 'MANAGED ACCESS'],
  ['DISABLE MANAGED ACCESS', 'MANAGED ACCESS'],
  ['SEARCH OPTIMIZATION', 'SEARCH OPTIMIZATION'],
  ['AGGREGATION POLICY', 'AGGREGATION POLICY'],
  ['PROJECTION POLICY', 'PROJECTION POLICY'],
  ['JOIN POLICY', 'JOIN POLICY'],
  ['DATA METRIC', 'DATA METRIC FUNCTION'],
  ['RENAME CONSTRAINT', 'RENAME CONSTRAINT'],
];

const KINDS = new Set([
  'DATABASE',
  'SCHEMA',
  'TABLE',
  'VIEW',
  'STAGE',
  'WAREHOUSE',
  'ROLE',
  'USER',
  'TASK',
  'STREAM',
  'PIPE',
  'FUNCTION',
  'PROCEDURE',
  'SEQUENCE',
  'FILE',
  'INTEGRATION',
  'MASKING',
  'ROW',
]);

/** CREATE and ALTER with a clause that no kind of object has here; what follows AS is the object's own text. */
export const refusedClauses: Command = {
  matches: (words, tokens) =>
    ((words[0] === 'CREATE' || words[0] === 'ALTER') && KINDS.has(words[1] ?? '') && found(tokens) !== undefined) ||
    (ROLE_VERBS.has(words[0] ?? '') && otherRole(tokens) !== undefined),
  run: (context) => {
    const { tokens } = context.statement;
    throw unsupported(otherRole(tokens) ?? found(tokens) ?? '');
  },
};

const ROLE_VERBS = new Set(['CREATE', 'ALTER', 'DROP', 'GRANT', 'REVOKE', 'SHOW']);

/** Roles that belong to a database or an application, wherever they are named. */
const otherRole = (tokens: readonly Token[]): string | undefined => {
  const at = tokens.findIndex(
    ({ kind, value }, i) => kind === 'word' && /^ROLES?$/.test(value) && OWNERS.has(tokens[i - 1]?.value ?? ''),
  );
  return at < 0 || tokens.slice(0, at).some(({ value }) => value === 'AS')
    ? undefined
    : `${tokens[at - 1]!.value} ROLE`;
};

const OWNERS = new Set(['DATABASE', 'APPLICATION']);

const found = (tokens: readonly Token[]): string | undefined => {
  const end = tokens.findIndex(({ kind, value }) => kind === 'word' && value === 'AS');
  const own = end < 0 ? tokens : tokens.slice(0, end);
  const text = ` ${own.map(({ kind, value, text: written }) => (kind === 'word' ? value : kind === 'operator' ? written : '?')).join(' ')} `;
  return CLAUSES.find(([words]) => text.includes(` ${words} `))?.[1];
};
