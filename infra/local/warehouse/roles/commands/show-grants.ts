import { notFound, unsupported } from '../../catalog/errors.ts';
import type { CatalogObject } from '../../catalog/object.ts';
import type { Command, StatementContext } from '../../session/command.ts';
import { boolean, STATEMENT_TYPE, table, text, timestamp, type Cell, type Outcome } from '../../session/outcome.ts';
import { displayName } from '../../sql/identifier.ts';
import { roleExists, type GrantDetails, type GrantObject } from '../grants.ts';
import { findObject } from './grants.ts';
import { parseObject } from './grant-parser.ts';

const COLUMNS = [
  timestamp('created_on'),
  text('privilege'),
  text('granted_on'),
  text('name'),
  text('granted_to'),
  text('grantee_name'),
  boolean('grant_option'),
  text('granted_by'),
];
const FUTURE = [
  timestamp('created_on'),
  text('privilege'),
  text('grant_on'),
  text('name'),
  text('grant_to'),
  text('grantee_name'),
  boolean('grant_option'),
];
const OF_ROLE = [timestamp('created_on'), text('role'), text('granted_to'), text('grantee_name'), text('granted_by')];

/** SHOW GRANTS ON object, TO ROLE, TO USER, OF ROLE, and SHOW FUTURE GRANTS IN SCHEMA or DATABASE. */
export const showGrants: Command = {
  matches: ([show, what, next]) => show === 'SHOW' && (what === 'GRANTS' || (what === 'FUTURE' && next === 'GRANTS')),
  run: async (context) => {
    const cursor = context.cursor();
    cursor.expect('SHOW');
    const future = cursor.accept('FUTURE');
    cursor.expect('GRANTS');
    const grants = context.warehouse.catalog.list('GRANT') as GrantObject[];
    if (future && cursor.accept('TO')) {
      if (cursor.at('DATABASE', 'ROLE')) throw unsupported('database roles');
      cursor.accept('ROLE');
      const role = cursor.identifier();
      cursor.finish();
      return futureGrants(grants, (details) => details.role === role);
    }
    if (future) {
      cursor.expect('IN');
      const kind = cursor.acceptAny(['SCHEMA', 'DATABASE']) ?? 'SCHEMA';
      const name = cursor.name();
      cursor.finish();
      return showFuture(
        grants,
        kind === 'SCHEMA' && name.length === 1 ? [context.session.needDatabase(), ...name] : name,
      );
    }
    if (cursor.accept('ON', 'ACCOUNT')) {
      cursor.finish();
      return show(
        grants.flatMap((grant) =>
          grant.details.type === 'account'
            ? [row(grant, grant.details.privilege, 'ACCOUNT', 'LOCAL', 'ROLE', grant.details.role)]
            : [],
        ),
      );
    }
    if (cursor.accept('ON')) {
      const object = findObject(context, parseObject(cursor));
      cursor.finish();
      return show(onObject(grants, object));
    }
    if (cursor.accept('OF', 'ROLE')) {
      const role = cursor.identifier();
      cursor.finish();
      const rows = grants.flatMap(({ details, createdOn, owner }) =>
        details.type === 'role' && details.granted === role
          ? [[new Date(createdOn), role, details.to, details.name, owner]]
          : [],
      );
      return table(OF_ROLE, rows, STATEMENT_TYPE.select);
    }
    const to = cursor.accept('TO') ? (cursor.acceptAny(['ROLE', 'USER']) ?? 'ROLE') : 'USER';
    const name = cursor.atEnd ? context.session.user : cursor.identifier();
    cursor.finish();
    if (to === 'ROLE' && !roleExists(context.warehouse.catalog, name)) throw notFound('ROLE', [name]);
    return to === 'ROLE' ? show(toRole(context, grants, name)) : toUser(grants, name);
  },
};

const show = (rows: Cell[][]): Outcome => table(COLUMNS, rows, STATEMENT_TYPE.select);

const row = (
  { createdOn, owner, details }: GrantObject,
  privilege: string,
  on: string,
  name: string,
  to: string,
  grantee: string,
): Cell[] => [
  new Date(createdOn),
  privilege,
  on,
  name,
  to,
  grantee,
  'grantOption' in details && details.grantOption,
  owner,
];

const ownership = ({ createdOn, kind, path, owner }: CatalogObject): Cell[] => [
  new Date(createdOn),
  'OWNERSHIP',
  kind.replace(' ', '_'),
  displayName(path),
  'ROLE',
  owner,
  true,
  owner,
];

const onObject = (grants: readonly GrantObject[], object: CatalogObject): Cell[][] => [
  ...(object.owner === '' ? [] : [ownership(object)]),
  ...grants.flatMap((grant) =>
    grant.details.type === 'object' && grant.details.objectId === object.id
      ? [
          row(
            grant,
            grant.details.privilege,
            object.kind.replace(' ', '_'),
            displayName(object.path),
            'ROLE',
            grant.details.role,
          ),
        ]
      : [],
  ),
];

const toRole = ({ warehouse }: StatementContext, grants: readonly GrantObject[], role: string): Cell[][] => [
  ...warehouse.catalog
    .all()
    .filter((object) => object.owner === role && object.kind !== 'GRANT')
    .map(ownership),
  ...grants.flatMap((grant) => {
    const { details } = grant;
    if (details.type === 'role')
      return details.to === 'ROLE' && details.name === role
        ? [row(grant, 'USAGE', 'ROLE', details.granted, 'ROLE', role)]
        : [];
    if (details.type === 'future' || details.role !== role) return [];
    if (details.type === 'account') return [row(grant, details.privilege, 'ACCOUNT', 'LOCAL', 'ROLE', role)];
    const object = warehouse.catalog.byId(details.objectId);
    return object === undefined
      ? []
      : [row(grant, details.privilege, object.kind.replace(' ', '_'), displayName(object.path), 'ROLE', role)];
  }),
];

const toUser = (grants: readonly GrantObject[], user: string): Outcome =>
  table(
    OF_ROLE,
    grants.flatMap(({ details, createdOn, owner }) =>
      details.type === 'role' && details.to === 'USER' && details.name === user
        ? [[new Date(createdOn), details.granted, 'USER', user, owner]]
        : [],
    ),
    STATEMENT_TYPE.select,
  );

const showFuture = (grants: readonly GrantObject[], within: readonly string[]): Outcome =>
  futureGrants(grants, (details) => details.within.join('\0') === within.join('\0'));

const futureGrants = (
  grants: readonly GrantObject[],
  wanted: (details: Extract<GrantDetails, { type: 'future' }>) => boolean,
): Outcome =>
  table(
    FUTURE,
    grants.flatMap(({ details, createdOn }) =>
      details.type === 'future' && wanted(details)
        ? [
            [
              new Date(createdOn),
              details.privilege,
              details.kind.replace(' ', '_'),
              `${displayName(details.within)}.<${details.kind.replace(' ', '_')}>`,
              'ROLE',
              details.role,
              details.grantOption,
            ],
          ]
        : [],
    ),
    STATEMENT_TYPE.select,
  );
