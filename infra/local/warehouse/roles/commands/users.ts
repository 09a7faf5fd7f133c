import { createHead } from '../../catalog/create-head.ts';
import { notFound } from '../../catalog/errors.ts';
import { alterObject, createObject, dropObject } from '../../catalog/lifecycle.ts';
import type { CatalogObject } from '../../catalog/object.ts';
import { parseProperties, propertyText } from '../../catalog/properties.ts';
import { showUsers } from './show-users.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { STATEMENT_TYPE, status, table, text, type Outcome } from '../../session/outcome.ts';
import type { GrantObject } from '../grants.ts';
import { fingerprintOf, withProperties, type UserDetails } from '../user.ts';

/** CREATE, ALTER, DROP, DESCRIBE and SHOW of users. */
export const userCommands: readonly Command[] = [
  command('CREATE USER', async (context) => {
    const cursor = context.cursor();
    const head = createHead(cursor, 'USER');
    const properties = parseProperties(cursor);
    cursor.finish();
    const [name] = head.name as [string];
    const empty: UserDetails = { loginName: name.toUpperCase(), rsaPublicKeys: [], disabled: false, properties: {} };
    const details = withProperties(empty, properties);
    return createObject<UserDetails>(context, {
      ...head,
      kind: 'USER',
      path: head.name,
      comment: propertyText(properties['COMMENT']),
      make: async () => details,
    });
  }),
  command('ALTER USER', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'USER');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    if (ifExists && context.warehouse.catalog.find('USER', path) === undefined)
      return status('Statement executed successfully.');
    if (cursor.accept('UNSET')) {
      const names: string[] = [];
      do names.push(cursor.identifier());
      while (cursor.accept(','));
      cursor.finish();
      return alter(context, path, (user) => names.reduce(without, user));
    }
    cursor.expect('SET');
    const properties = parseProperties(cursor);
    cursor.finish();
    return alter(context, path, (user) => withProperties(user, properties));
  }),
  command('DROP USER', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'USER');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = cursor.name();
    cursor.finish();
    const outcome = await dropObject(context, 'USER', path, ifExists);
    const grants = (context.warehouse.catalog.list('GRANT') as GrantObject[]).filter(
      ({ details }) => details.type === 'role' && details.to === 'USER' && details.name === path[0],
    );
    await context.define([], async (_, change) => {
      for (const grant of grants) await change.remove(grant);
    });
    return outcome;
  }),
  ...['DESCRIBE', 'DESC'].map((verb) => command(`${verb} USER`, async (context) => describe(context))),
  showUsers,
];

const alter = (
  context: StatementContext,
  path: readonly string[],
  next: (user: UserDetails) => UserDetails,
): Promise<Outcome> =>
  alterObject<UserDetails>(context, 'USER', path, async (user) => {
    const details = next(user.details);
    return { ...user, details, comment: propertyText(details.properties['COMMENT'], user.comment) };
  });

const without = (user: UserDetails, name: string): UserDetails => {
  const { password, defaultRole, defaultWarehouse, defaultNamespace, properties, ...rest } = user;
  const { [name]: _, ...others } = properties;
  return {
    ...rest,
    rsaPublicKeys:
      name === 'RSA_PUBLIC_KEY'
        ? ['', ...user.rsaPublicKeys.slice(1)]
        : name === 'RSA_PUBLIC_KEY_2'
          ? user.rsaPublicKeys.slice(0, 1)
          : user.rsaPublicKeys,
    disabled: name === 'DISABLED' ? false : user.disabled,
    properties: others,
    ...(password !== undefined && name !== 'PASSWORD' && { password }),
    ...(defaultRole !== undefined && name !== 'DEFAULT_ROLE' && { defaultRole }),
    ...(defaultWarehouse !== undefined && name !== 'DEFAULT_WAREHOUSE' && { defaultWarehouse }),
    ...(defaultNamespace !== undefined && name !== 'DEFAULT_NAMESPACE' && { defaultNamespace }),
  };
};

const keyProperties = (key: string, index: number): [string, string | undefined][] => {
  const name = `RSA_PUBLIC_KEY${index === 0 ? '' : `_${index + 1}`}`;
  return [
    [name, key || undefined],
    [`${name}_FP`, key ? fingerprintOf(key) : undefined],
  ];
};

const describe = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.next();
  cursor.expect('USER');
  const path = cursor.name();
  cursor.finish();
  const user = context.warehouse.catalog.find('USER', path) as CatalogObject<UserDetails> | undefined;
  if (user === undefined) throw notFound('USER', path);
  const { loginName, defaultRole, defaultWarehouse, defaultNamespace, disabled, properties, rsaPublicKeys } =
    user.details;
  const rows = Object.entries({
    NAME: path[0],
    COMMENT: user.comment,
    LOGIN_NAME: loginName,
    DISABLED: String(disabled),
    DEFAULT_WAREHOUSE: defaultWarehouse,
    DEFAULT_NAMESPACE: defaultNamespace,
    DEFAULT_ROLE: defaultRole,
    ...Object.fromEntries(rsaPublicKeys.flatMap(keyProperties)),
    ...properties,
  });
  return table(
    [text('property'), text('value'), text('default'), text('description')],
    rows.map(([name, value]) => [name, value === undefined ? 'null' : propertyText(value), 'null', '']),
    STATEMENT_TYPE.select,
  );
};
