import type { ObjectKind } from '../catalog/object.ts';

const CREATED_IN_SCHEMAS = [
  'TABLE',
  'VIEW',
  'STREAM',
  'DYNAMIC TABLE',
  'STAGE',
  'FILE FORMAT',
  'PIPE',
  'TASK',
  'PROCEDURE',
  'FUNCTION',
  'SEQUENCE',
  'MASKING POLICY',
  'ROW ACCESS POLICY',
  'MATERIALIZED VIEW',
  'TAG',
  'ALERT',
];

/** The privileges that each kind of object has, besides OWNERSHIP. */
const PRIVILEGES: Readonly<Record<ObjectKind, readonly string[]>> = {
  DATABASE: ['USAGE', 'MONITOR', 'MODIFY', 'CREATE SCHEMA', 'IMPORTED PRIVILEGES'],
  SCHEMA: ['USAGE', 'MONITOR', 'MODIFY', ...CREATED_IN_SCHEMAS.map((kind) => `CREATE ${kind}`)],
  TABLE: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'EVOLVE SCHEMA'],
  'DROPPED DATABASE': [],
  'DROPPED SCHEMA': [],
  'DROPPED TABLE': [],
  VIEW: ['SELECT', 'REFERENCES'],
  STREAM: ['SELECT'],
  'DYNAMIC TABLE': ['SELECT', 'MONITOR', 'OPERATE'],
  STAGE: ['USAGE', 'READ', 'WRITE'],
  'FILE FORMAT': ['USAGE'],
  PIPE: ['MONITOR', 'OPERATE'],
  TASK: ['MONITOR', 'OPERATE'],
  PROCEDURE: ['USAGE'],
  FUNCTION: ['USAGE'],
  SEQUENCE: ['USAGE'],
  WAREHOUSE: ['USAGE', 'OPERATE', 'MONITOR', 'MODIFY', 'APPLYBUDGET'],
  ROLE: [],
  USER: ['MONITOR', 'IMPERSONATE'],
  INTEGRATION: ['USAGE'],
  'MASKING POLICY': ['APPLY'],
  'ROW ACCESS POLICY': ['APPLY'],
  TAG: ['APPLY', 'READ'],
  ALERT: ['MONITOR', 'OPERATE'],
  'TAG REFERENCE': [],
  GRANT: [],
};

/** What a privilege word means for a kind of object: ALL becomes the kind's own list; undefined where the kind has no such privilege. */
export const privilegesOf = (kind: ObjectKind, privilege: string): readonly string[] | undefined => {
  const own = PRIVILEGES[kind];
  if (privilege === 'ALL') return own.filter((each) => each !== 'IMPORTED PRIVILEGES');
  const harmless = kind === 'SCHEMA' && /^CREATE \w+( \w+)*$/.test(privilege);
  return own.includes(privilege) || privilege === 'OWNERSHIP' || harmless ? [privilege] : undefined;
};
