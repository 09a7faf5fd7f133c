import { createHead } from '../../catalog/create-head.ts';
import { invalid, notFound, unsupported } from '../../catalog/errors.ts';
import { alterObject, createObject, dropObject } from '../../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../../catalog/properties.ts';
import { showCommand } from '../../catalog/show.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { integer, status, text, timestamp } from '../../session/outcome.ts';
import { BUILT_IN, grantIndex, roleExists, type GrantObject } from '../grants.ts';
import { insufficient } from '../role-access.ts';
import { putGrant } from '../object-grants.ts';

/** CREATE, ALTER, DROP and SHOW of roles; GRANT ROLE and REVOKE ROLE. */
export const roleCommands: readonly Command[] = [
  command('CREATE ROLE', async (context) => {
    const cursor = context.cursor();
    const head = createHead(cursor, 'ROLE');
    const { COMMENT = '' } = parseProperties(cursor);
    cursor.finish();
    const [name = ''] = head.name;
    if (name in BUILT_IN) throw invalid(`Role '${name}' is reserved.`);
    if (head.orAlter && context.warehouse.catalog.find('ROLE', head.name) !== undefined)
      return alterObject(context, 'ROLE', head.name, async (role) => ({ ...role, comment: propertyText(COMMENT) }));
    return createObject(context, {
      ...head,
      kind: 'ROLE',
      path: head.name,
      comment: propertyText(COMMENT),
      make: async () => ({}),
    });
  }),
  command('ALTER ROLE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'ROLE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    if (ifExists && context.warehouse.catalog.find('ROLE', path) === undefined)
      return status('Statement executed successfully.');
    if (cursor.at('RENAME')) throw unsupported('ALTER ROLE RENAME');
    const unset = cursor.accept('UNSET', 'COMMENT');
    if (!unset) cursor.expect('SET');
    const { COMMENT = '' } = parseProperties(cursor);
    cursor.finish();
    return alterObject(context, 'ROLE', path, async (role) => ({ ...role, comment: propertyText(COMMENT) }));
  }),
  command('DROP ROLE', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'ROLE');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    cursor.finish();
    await handOver(context, path[0]!);
    return dropObject(context, 'ROLE', path, ifExists);
  }),
  command('GRANT ROLE', async (context) => grantRole(context, true)),
  command('REVOKE ROLE', async (context) => grantRole(context, false)),
  showCommand({
    words: 'ROLES',
    kinds: ['ROLE'],
    global: true,
    columns: [
      timestamp('created_on'),
      text('name'),
      text('is_default'),
      text('is_current'),
      text('is_inherited'),
      integer('assigned_to_users'),
      integer('granted_to_roles'),
      integer('granted_roles'),
      text('owner'),
      text('comment'),
    ],
    more: () =>
      Object.keys(BUILT_IN).map((name, i) => ({
        id: -1 - i,
        kind: 'ROLE',
        path: [name],
        owner: '',
        comment: '',
        createdOn: '1970-01-01T00:00:00.000Z',
        details: {},
      })),
    row: ({ path, createdOn, owner, comment }, { session, warehouse }) => {
      const [name] = path as [string];
      const grants = (warehouse.catalog.list('GRANT') as GrantObject[]).flatMap(({ details }) =>
        details.type === 'role' ? [details] : [],
      );
      const inherited = name !== session.role && grantIndex(warehouse.catalog).closure(session.role).has(name);
      return [
        new Date(createdOn),
        name,
        'N',
        session.role === name ? 'Y' : 'N',
        inherited ? 'Y' : 'N',
        grants.filter(({ granted, to }) => granted === name && to === 'USER').length,
        grants.filter(({ granted, to }) => granted === name && to === 'ROLE').length,
        grants.filter((grant) => grant.name === name && grant.to === 'ROLE').length,
        owner,
        comment,
      ];
    },
  }),
];

const grantRole = async (context: StatementContext, give: boolean) => {
  const cursor = context.cursor();
  cursor.expect(give ? 'GRANT' : 'REVOKE', 'ROLE');
  const granted = cursor.identifier();
  cursor.expect(give ? 'TO' : 'FROM');
  const to = cursor.accept('USER') ? 'USER' : 'ROLE';
  if (to === 'ROLE') cursor.expect('ROLE');
  const name = cursor.identifier();
  cursor.finish();
  const { catalog } = context.warehouse;
  const { session } = context;
  if (!roleExists(catalog, granted)) throw notFound('ROLE', [granted]);
  const missing = to === 'ROLE' ? !roleExists(catalog, name) : catalog.find('USER', [name]) === undefined;
  // Whoever was let in without a user of that name may take on any role already.
  if (missing && to === 'USER' && name === session.user) return status('Statement executed successfully.');
  if (missing) throw notFound(to, [name]);
  if (!session.access.onAccount('MANAGE GRANTS')) {
    // Roles that every account has belong to nobody who lacks that privilege.
    const role = catalog.find('ROLE', [granted]);
    if (role === undefined) throw insufficient('ROLE', [granted]);
    session.access.require('OWNERSHIP', role);
  }
  if (give && to === 'ROLE' && grantIndex(catalog).closure(granted).has(name))
    throw invalid(`Granting role ${granted} to ${name} would make a circle.`);
  const details = { type: 'role', granted, to, name } as const;
  return context.define([], async (_, change) => {
    if (give) await putGrant(session, change, details);
    else for (const grant of catalog.list('GRANT', ['', 'role', granted, to, name])) await change.remove(grant);
    return status('Statement executed successfully.');
  });
};

/** What a dropped role owned goes to the role that drops it; what was granted to it, or of it, is gone. */
const handOver = async (context: StatementContext, role: string): Promise<void> => {
  const { session, warehouse } = context;
  const dropped = warehouse.catalog.find('ROLE', [role]);
  if (dropped === undefined) return;
  session.access.require('OWNERSHIP', dropped);
  await context.define([], async (_, change) => {
    for (const object of warehouse.catalog.all()) {
      if (object.kind !== 'GRANT' && object.owner === role) await change.put({ ...object, owner: session.role });
    }
    for (const grant of warehouse.catalog.list('GRANT') as GrantObject[]) {
      const { details } = grant;
      const concerns =
        details.type === 'role'
          ? details.granted === role || (details.to === 'ROLE' && details.name === role)
          : details.role === role;
      if (concerns) await change.remove(grant);
    }
  });
};
