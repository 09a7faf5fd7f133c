import { meteringView } from '../session/metering-function.ts';
import type { Relation } from '../contract.ts';
import { isShared } from '../catalog/shared-database.ts';
import { unsupported } from '../catalog/errors.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import { valuesText } from '../catalog/values-text.ts';
import { text } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';
import { COLUMNS, COLUMNS_OF_ACCOUNT } from './columns.ts';
import { CONTAINERS_OF_ACCOUNT, CONTAINER_VIEWS } from './containers.ts';
import { KEYS_OF_ACCOUNT, KEY_VIEWS } from './keys.ts';
import { LOADS_OF_ACCOUNT, LOAD_HISTORY } from './loads.ts';
import { LOGINS_OF_ACCOUNT } from './logins.ts';
import { MOVING_OF_ACCOUNT, MOVING_VIEWS } from './moving.ts';
import { PEOPLE_OF_ACCOUNT } from './people.ts';
import { GRANT_VIEWS } from './privileges.ts';
import { RELATIONS_OF_ACCOUNT, relationViews } from './relations.ts';
import { ROUTINE_VIEWS } from './routines.ts';
import { QUERY_HISTORY } from './statements.ts';
import { STORAGE, STORAGE_OF_ACCOUNT } from './storage.ts';
import type { VirtualView } from './virtual-view.ts';

const OTHERS: Readonly<Record<string, VirtualView>> = {
  ...CONTAINER_VIEWS,
  COLUMNS,
  ...MOVING_VIEWS,
  ...ROUTINE_VIEWS,
  ...KEY_VIEWS,
  ...GRANT_VIEWS,
  LOAD_HISTORY,
  TABLE_STORAGE_METRICS: STORAGE,
  INFORMATION_SCHEMA_CATALOG_NAME: { columns: [text('CATALOG_NAME')], rows: (_, database) => [[database]] },
};

/** The views that every database has in its INFORMATION_SCHEMA. */
const VIEWS: Readonly<Record<string, VirtualView>> = {
  ...OTHERS,
  ...relationViews([...Object.keys(OTHERS), 'TABLES', 'VIEWS'].toSorted()),
};

/** The views of SNOWFLAKE.ACCOUNT_USAGE for which there is something to tell; they are never late. */
const ACCOUNT_VIEWS: Readonly<Record<string, VirtualView>> = {
  ...CONTAINERS_OF_ACCOUNT,
  ...RELATIONS_OF_ACCOUNT,
  COLUMNS: COLUMNS_OF_ACCOUNT,
  ...MOVING_OF_ACCOUNT,
  ...KEYS_OF_ACCOUNT,
  ...PEOPLE_OF_ACCOUNT,
  ...LOADS_OF_ACCOUNT,
  ...LOGINS_OF_ACCOUNT,
  QUERY_HISTORY,
  TABLE_STORAGE_METRICS: STORAGE_OF_ACCOUNT,
  WAREHOUSE_METERING_HISTORY: meteringView,
};

/** The relation behind a name in INFORMATION_SCHEMA or ACCOUNT_USAGE: the catalog as it is now, written out as rows. */
export const virtualRelation = (
  warehouse: Warehouse,
  path: readonly string[],
  scope: NameScope,
): Relation | undefined => {
  const [database, schema, name] = path as [string, string, string];
  const container = warehouse.catalog.find('DATABASE', [database]);
  if (container === undefined) return undefined;
  const wide = isShared(container) && schema === 'ACCOUNT_USAGE';
  if (isShared(container) && !scope.visible(container)) return undefined;
  const view = wide ? ACCOUNT_VIEWS[name] : schema === 'INFORMATION_SCHEMA' ? VIEWS[name] : undefined;
  if (view === undefined) {
    if (isShared(container)) throw unsupported(`SNOWFLAKE.${schema}.${name}`);
    return undefined;
  }
  const context = [warehouse, wide ? undefined : database, scope] as const;
  return {
    database,
    schema,
    name,
    kind: 'view',
    columns: view.columns,
    read: view.read?.(...context) ?? valuesText(view.columns, view.rows(...context)),
  };
};
