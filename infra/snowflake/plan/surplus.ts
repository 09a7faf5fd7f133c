import { ident, name } from '../../../shared/sql/identifier.ts';
import type { Account, Granted } from './account.ts';
import type { Change } from './compare.ts';
import type { Effect } from './effect.ts';

/** Privileges of these definitions' roles that no definition gives: what a service could do beyond its work. */
export const surplusGrants = (effects: readonly Effect[], account: Account): readonly Change[] => {
  const roles = new Set(effects.flatMap((it) => (it.does === 'create' && it.kind === 'ROLE' ? [it.name] : [])));
  const given = new Set(
    effects.flatMap((it) =>
      it.does === 'grant' ? it.privileges.map((privilege) => `${it.role} ${privilege} ${it.kind} ${it.name}`) : [],
    ),
  );
  const givenInSchemas = new Set(
    effects.flatMap((it) => (it.does === 'grant all' ? [`${it.role} ${it.privilege} ${it.schema}`] : [])),
  );
  const isSurplus = ({ role, privilege, kind, name: on }: Granted): boolean =>
    roles.has(role) &&
    // What a role has made is its own; roles in roles are memberships.
    privilege !== 'OWNERSHIP' &&
    kind !== 'ROLE' &&
    !given.has(`${role} ${privilege} ${kind} ${on}`) &&
    !(kind === 'TABLE' && givenInSchemas.has(`${role} ${privilege} ${on.split('.').slice(0, 2).join('.')}`));
  return account.grants.filter(isSurplus).map((it) => ({
    action: 'revoke',
    kind: it.kind,
    name: it.name,
    what: `${it.privilege} from ${it.role}`,
    text: `revoke ${it.privilege.toLowerCase()} on ${it.kind.toLowerCase()}${it.name === '' ? '' : ` ${ident(it.name).text}`}${it.takes} from role ${name(it.role).text}`,
  }));
};
