import { ident, name } from '../../../shared/sql/identifier.ts';
import type { Account, Found, Granted } from './account.ts';
import { folded, type Effect } from './effect.ts';

/** A row as SHOW gives it; columns of SHOW are named in small letters. */
type Row = Readonly<Record<string, Cell>>;
type Ask = (text: string) => Promise<readonly Row[]>;

type Cell = string | number | boolean | null | { readonly text: string };

const text = (value: Cell | undefined): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? value.text : String(value);
const schemaOf = (full: string): string => full.split('.').slice(0, 2).join('.');
const isInSchema = (kind: string): boolean => !['DATABASE', 'SCHEMA', 'WAREHOUSE', 'ROLE', 'USER'].includes(kind);

const IN_SCHEMA: readonly (readonly [kind: string, plural: string])[] = [
  ['TABLE', 'tables'],
  ['FILE FORMAT', 'file formats'],
  ['STAGE', 'stages'],
  ['PIPE', 'pipes'],
  ['STREAM', 'streams'],
  ['TASK', 'tasks'],
  ['FUNCTION', 'external functions'],
];
const OF_ACCOUNT: readonly (readonly [kind: string, plural: string])[] = [
  ['DATABASE', 'databases'],
  ['WAREHOUSE', 'warehouses'],
  ['ROLE', 'roles'],
  ['USER', 'users'],
  ['NOTIFICATION INTEGRATION', 'notification integrations'],
  ['STORAGE INTEGRATION', 'storage integrations'],
  ['API INTEGRATION', 'api integrations'],
];

/** Asks an account for everything that these effects speak of, and for the grants of the roles among them; changes nothing. */
export const readAccount = async (ask: Ask, effects: readonly Effect[]): Promise<Account> => {
  const objects = new Map<string, Found>();
  const identified = new Set<string>();
  for (const [kind, plural] of OF_ACCOUNT)
    for (const row of await ask(`show ${plural}`)) {
      objects.set(`${kind} ${text(row['name'])}`, {});
      // Of a workload identity Snowflake shows only that there is one.
      if (text(row['has_workload_identity']) === 'true') identified.add(text(row['name']));
    }

  const schemas = new Set(
    effects.flatMap((it) =>
      'name' in it && 'kind' in it && isInSchema(it.kind) && it.name.split('.').length === 3 ? [schemaOf(it.name)] : [],
    ),
  );
  const databases = new Set([...schemas].map((it) => it.split('.')[0]!).filter((it) => objects.has(`DATABASE ${it}`)));
  for (const database of databases)
    for (const row of await ask(`show schemas in database ${name(database).text}`))
      objects.set(`SCHEMA ${database}.${text(row['name'])}`, {});

  const columns = new Map<string, Set<string>>();
  const futureGrants = new Set<string>();
  for (const schema of [...schemas].filter((it) => objects.has(`SCHEMA ${it}`))) {
    await readSchema(ask, schema, objects, columns);
    for (const row of await ask(`show future grants in schema ${ident(schema).text}`))
      futureGrants.add(`${text(row['grantee_name'])} ${text(row['privilege'])} ${schema}`);
  }
  const roles = await readRoles(ask, effects, objects);
  const properties = new Map([
    ...[...identified].map((it) => [`${it} WORKLOAD_IDENTITY`, 'true'] as const),
    ...roles.properties,
  ]);
  return { objects, columns, futureGrants, ...roles, properties };
};

const readSchema = async (
  ask: Ask,
  schema: string,
  objects: Map<string, Found>,
  columns: Map<string, Set<string>>,
): Promise<void> => {
  const at = ident(schema).text;
  for (const [kind, plural] of IN_SCHEMA)
    for (const row of await ask(`show ${plural} in schema ${at}`))
      objects.set(`${kind} ${schema}.${text(row['name'])}`, foundOf(kind, row));
  const [database, short] = schema.split('.');
  const catalog = (view: string): string => ident(`${database}.INFORMATION_SCHEMA.${view}`).text;
  const where = (column: string): string => `where ${column} = '${short!.replaceAll("'", "''")}'`;
  for (const row of await ask(
    `select PROCEDURE_NAME, PROCEDURE_DEFINITION from ${catalog('PROCEDURES')} ${where('PROCEDURE_SCHEMA')}`,
  ))
    objects.set(`PROCEDURE ${schema}.${text(row['PROCEDURE_NAME'])}`, {
      text: folded(text(row['PROCEDURE_DEFINITION'])),
    });
  for (const row of await ask(`select TABLE_NAME, COLUMN_NAME from ${catalog('COLUMNS')} ${where('TABLE_SCHEMA')}`)) {
    const table = `${schema}.${text(row['TABLE_NAME'])}`;
    columns.set(table, (columns.get(table) ?? new Set()).add(text(row['COLUMN_NAME'])));
  }
};

const foundOf = (kind: string, row: Row): Found => {
  if (kind === 'TABLE') return { rows: Number(text(row['rows']) || 0) };
  if (kind === 'STREAM') return { isStale: text(row['stale']) === 'true' };
  if (kind !== 'TASK') return {};
  const condition = text(row['condition']);
  const when = condition === '' ? '' : `when ${condition} `;
  return {
    isStarted: text(row['state']) === 'started',
    text: folded(
      `warehouse = ${name(text(row['warehouse'])).text} schedule = '${text(row['schedule'])}' ${when}as ${text(row['definition'])}`,
    ),
  };
};

const readRoles = async (
  ask: Ask,
  effects: readonly Effect[],
  objects: ReadonlyMap<string, Found>,
): Promise<Pick<Account, 'grants' | 'memberships' | 'properties'>> => {
  const named = (kind: string): string[] => [
    ...new Set(
      effects.flatMap((it) =>
        it.does === 'create' && it.kind === kind && objects.has(`${kind} ${it.name}`) ? [it.name] : [],
      ),
    ),
  ];
  const grants: Granted[] = [];
  const memberships = new Set<string>();
  for (const role of named('ROLE')) {
    for (const row of await ask(`show grants to role ${name(role).text}`))
      grants.push({
        role,
        privilege: text(row['privilege']),
        kind: text(row['granted_on']).replaceAll('_', ' '),
        // A procedure is named with its arguments, in quotes of its own; of accounts there is one.
        name: text(row['granted_on']) === 'ACCOUNT' ? '' : text(row['name']).replaceAll('"', '').replace(/\(.*$/s, ''),
        takes: /\([^)]*\)/.exec(text(row['name']))?.[0] ?? '',
      });
    for (const row of await ask(`show grants of role ${name(role).text}`))
      memberships.add(`${role} ${text(row['granted_to'])} ${text(row['grantee_name'])}`);
  }
  const properties = new Map<string, string>();
  for (const user of named('USER'))
    for (const row of await ask(`describe user ${name(user).text}`))
      properties.set(`${user} ${text(row['property'])}`, text(row['value']));
  return { grants, memberships, properties };
};
