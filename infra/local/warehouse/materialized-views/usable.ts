import type { Catalog } from '../catalog/catalog.ts';
import type { CatalogObject, ViewObject } from '../catalog/object.ts';
import { SnowflakeError } from '../contract.ts';
import { displayIdentifier } from '../sql/identifier.ts';

/** Why a materialized view cannot be read now; undefined where it can, or is a plain view. */
export const invalidReason = (catalog: Catalog, { details }: ViewObject): string | undefined => {
  if (details.materialized === undefined) return undefined;
  if (details.materialized.suspended) return 'Marked Materialized View as invalid manually.';
  if (catalog.byId(details.materialized.base) === undefined) return 'Base table of the Materialized View was dropped.';
  return undefined;
};

/** Stops what reads a materialized view that is suspended, or whose table is gone. */
export const checkUsable = (catalog: Catalog, view: ViewObject): void => {
  const reason = invalidReason(catalog, view);
  if (reason === undefined) return;
  const name = displayIdentifier(view.path.at(-1)!);
  throw new SnowflakeError(
    '002037',
    '42601',
    `SQL compilation error:\nFailure during expansion of view '${name}': SQL compilation error:\nMaterialized View ${name} is invalid. Invalidation reason: ${reason}`,
  );
};

/** Stops policies on a table that has materialized views. */
export const refuseMaterialized = (catalog: Catalog, table: CatalogObject): void => {
  const views = (catalog.list('VIEW') as ViewObject[]).filter(({ details }) => details.materialized?.base === table.id);
  if (views.length === 0) return;
  throw new SnowflakeError(
    '090237',
    '55000',
    `SQL execution error: One or more materialized views exist on the table. number of mvs=${views.length}, table name=${displayIdentifier(table.path.at(-1)!)}.`,
  );
};
