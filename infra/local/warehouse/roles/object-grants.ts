import type { CatalogChange } from '../catalog/catalog.ts';
import type { CatalogObject } from '../catalog/object.ts';
import type { Session } from '../session/session.ts';
import { grantPath, roleExists, type GrantDetails, type GrantObject } from './grants.ts';

/** Adds a grant; one that is there already stays, so that its grant option is not lost. */
export const putGrant = async (session: Session, change: CatalogChange, details: GrantDetails): Promise<void> => {
  const { catalog, space, clock } = session.warehouse;
  const path = grantPath(details);
  const old = catalog.find('GRANT', path) as GrantObject | undefined;
  if (old !== undefined && (!('grantOption' in details) || !details.grantOption)) return;
  const id = old?.id ?? (await space.numbers.take());
  await change.put({
    id,
    kind: 'GRANT',
    path,
    owner: session.role,
    comment: '',
    createdOn: clock().toISOString(),
    details,
  });
};

/** Gives a new object what future grants of its schema promise (those of its database only if the schema has none), or another object's grants. */
export const inheritGrants = async (
  session: Session,
  change: CatalogChange,
  object: CatalogObject,
  copyFrom: CatalogObject | undefined,
): Promise<void> => {
  const { catalog } = session.warehouse;
  const grants = catalog.list('GRANT') as GrantObject[];
  const future = grants.flatMap(({ details }) =>
    details.type === 'future' && details.kind === object.kind ? [details] : [],
  );
  const inSchema = future.filter(({ within }) => within.length === 2 && starts(object.path, within));
  const chosen =
    inSchema.length > 0 ? inSchema : future.filter(({ within }) => within.length === 1 && starts(object.path, within));
  for (const { role, privilege, grantOption } of chosen) {
    if (privilege === 'OWNERSHIP') await change.put({ ...object, owner: role });
    else await putGrant(session, change, { type: 'object', role, privilege, objectId: object.id, grantOption });
  }
  if (copyFrom === undefined) return;
  for (const { details } of grants) {
    if (details.type === 'object' && details.objectId === copyFrom.id)
      await putGrant(session, change, { ...details, objectId: object.id });
  }
};

/** Gives back what was granted on objects that were dropped, to roles that are still there. */
export const restoreGrants = async (
  { warehouse }: Session,
  change: CatalogChange,
  grants: readonly CatalogObject[],
): Promise<void> => {
  for (const grant of grants as readonly GrantObject[]) {
    const { details } = grant;
    if ('role' in details && roleExists(warehouse.catalog, details.role)) await change.put(grant);
  }
};

/** Takes away the grants on an object that goes, and the future grants inside it. */
export const forgetGrants = async (session: Session, change: CatalogChange, object: CatalogObject): Promise<void> => {
  for (const grant of session.warehouse.catalog.list('GRANT') as GrantObject[]) {
    const { details } = grant;
    const isOn = details.type === 'object' && details.objectId === object.id;
    const isWithin =
      details.type === 'future' &&
      (object.kind === 'DATABASE' || object.kind === 'SCHEMA') &&
      starts(details.within, object.path);
    if (isOn || isWithin) await change.remove(grant);
  }
};

const starts = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((part, i) => path[i] === part);
