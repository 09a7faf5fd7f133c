import type { Column } from '../../contract.ts';
import type { CatalogObject } from '../../catalog/object.ts';
import { propertyText } from '../../catalog/properties.ts';
import { showCommand } from '../../catalog/show.ts';
import { boolean, text, timestamp, type Cell } from '../../session/outcome.ts';
import type { Warehouse } from '../../warehouse.ts';
import type { UserDetails } from '../user.ts';

type User = CatalogObject<UserDetails>;
type Item = readonly [Column, (user: User, warehouse: Warehouse) => Cell];

const property =
  (name: string, fallback?: (user: User) => string) =>
  (user: User): Cell =>
    propertyText(user.details.properties[name], fallback?.(user) ?? '');
const never = (name: string): Item => [boolean(name), () => false];

const ITEMS: readonly Item[] = [
  [text('name'), ({ path }) => path[0]],
  [timestamp('created_on'), ({ createdOn }) => new Date(createdOn)],
  [text('login_name'), ({ details }) => details.loginName],
  [text('display_name'), property('DISPLAY_NAME', ({ path }) => path[0]!)],
  [text('first_name'), property('FIRST_NAME')],
  [text('last_name'), property('LAST_NAME')],
  [text('email'), property('EMAIL')],
  [text('mins_to_unlock'), property('MINS_TO_UNLOCK')],
  [text('days_to_expiry'), property('DAYS_TO_EXPIRY')],
  [text('comment'), ({ comment }) => comment],
  [text('disabled'), ({ details }) => String(details.disabled)],
  [text('must_change_password'), property('MUST_CHANGE_PASSWORD', () => 'false')],
  [text('snowflake_lock'), () => 'false'],
  [text('default_warehouse'), ({ details }) => details.defaultWarehouse],
  [text('default_namespace'), ({ details }) => details.defaultNamespace],
  [text('default_role'), ({ details }) => details.defaultRole],
  [text('default_secondary_roles'), property('DEFAULT_SECONDARY_ROLES')],
  [text('ext_authn_duo'), () => 'false'],
  [text('ext_authn_uid'), () => ''],
  [text('mins_to_bypass_mfa'), () => ''],
  [text('owner'), ({ owner }) => owner],
  [
    timestamp('last_success_login'),
    ({ path }, { logins }) => logins.all().findLast(({ user, error }) => user === path[0] && error === undefined)?.at,
  ],
  [timestamp('expires_at_time'), () => null],
  [timestamp('locked_until_time'), () => null],
  [boolean('has_password'), ({ details }) => details.password !== undefined],
  [boolean('has_rsa_public_key'), ({ details }) => details.rsaPublicKeys.some((key) => key !== '')],
  [text('type'), ({ details }) => propertyText(details.properties['TYPE']) || null],
  never('has_mfa'),
  never('has_pat'),
  never('has_workload_identity'),
  never('is_from_organization_user'),
];

/** SHOW USERS. */
export const showUsers = showCommand({
  words: 'USERS',
  kinds: ['USER'],
  global: true,
  terse: [
    'name',
    'created_on',
    'display_name',
    'first_name',
    'last_name',
    'email',
    'org_identity',
    'comment',
    'has_password',
    'has_rsa_public_key',
    'type',
    'has_mfa',
    'has_pat',
    'has_federated_workload_authentication',
    'is_from_organization_user',
  ],
  columns: ITEMS.map(([column]) => column),
  row: (object, { warehouse }) => ITEMS.map(([, value]) => value(object as User, warehouse)),
});
