import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { SnowflakeError } from '../contract.ts';
import { displayIdentifier, displayName } from '../sql/identifier.ts';
import { POLICY_KINDS, usersOf } from './policy-object.ts';

/** Stops what would take away a policy that is attached to something. */
export const refuseAttached = (catalog: Catalog, policy: CatalogObject): void => {
  if (usersOf(catalog, policy.id).length === 0) return;
  throw new SnowflakeError(
    '003531',
    '42601',
    `SQL compilation error:\nPolicy ${displayIdentifier(policy.path.at(-1)!)} cannot be dropped/replaced as it is associated with one or more entities.`,
  );
};

/** Stops what would take away a database or schema with a policy that is attached to something outside of it. */
export const refuseUsedOutside = (catalog: Catalog, container: CatalogObject): void => {
  const depth = container.path.length;
  for (const policy of POLICY_KINDS.flatMap((kind) => catalog.list(kind, container.path))) {
    const outside = usersOf(catalog, policy.id).find(({ path }) => container.path.some((part, i) => path[i] !== part));
    if (outside === undefined) continue;
    const schema = displayName(outside.path.slice(0, 2));
    throw new SnowflakeError(
      '003554',
      '42601',
      depth === 1
        ? `Cannot drop database because: Policy '${displayName(policy.path)}' used by schema '${schema}' in another database`
        : `Cannot drop schema because: Policy '${displayName(policy.path)}' used by another schema '${schema}'`,
    );
  }
};
