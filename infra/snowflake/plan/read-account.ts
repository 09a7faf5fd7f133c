import { ident, name } from '../../../shared/sql/identifier.ts';
import type { Account, Found, Granted } from './account.ts';
import { folded, type Effect } from './effect.ts';
import { columnType, describedShapes, shownShape } from './read-shape.ts';
import { text, type Ask, type Row } from './row.ts';

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
      objects.set(`${kind} ${text(row['name'])}`, shaped(shownShape(kind, row)));
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

  const columns = new Map<string, Map<string, string>>();
  const futureGrants = new Set<string>();
  for (const schema of [...schemas].filter((it) => objects.has(`SCHEMA ${it}`))) {
    await readSchema(ask, schema, objects, columns);
    for (const row of await ask(`show future grants in schema ${ident(schema).text}`))
      futureGrants.add(`${text(row['grantee_name'])} ${text(row['privilege'])} ${schema}`);
  }
  for (const [key, shape] of await describedShapes(ask, effects, (it) => objects.has(it)))
    objects.set(key, { ...objects.get(key), shape });
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
  columns: Map<string, Map<string, string>>,
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
  for (const row of await ask(
    `select TABLE_NAME, COLUMN_NAME, DATA_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE from ${catalog('COLUMNS')} ${where('TABLE_SCHEMA')}`,
  )) {
    const table = `${schema}.${text(row['TABLE_NAME'])}`;
    columns.set(table, (columns.get(table) ?? new Map()).set(text(row['COLUMN_NAME']), columnType(row)));
  }
  for (const [table, types] of columns) {
    const found = objects.get(`TABLE ${table}`);
    const shape = new Map([...types].map(([column, type]) => [`column ${column}`, type]));
    if (found) objects.set(`TABLE ${table}`, { ...found, shape });
  }
};

const shaped = (shape: Found['shape']): Found => (shape === undefined ? {} : { shape });

const foundOf = (kind: string, row: Row): Found => {
  if (kind === 'TABLE') return { rows: Number(text(row['rows']) || 0) };
  if (kind === 'STREAM') return { isStale: text(row['stale']) === 'true', ...shaped(shownShape(kind, row)) };
  if (kind !== 'TASK') return shaped(shownShape(kind, row));
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
