import { sizeText } from '../catalog/table-size.ts';
import type { TableDetails } from '../catalog/object.ts';
import { everyObjectOf, placed, type Thing } from './things.ts';
import { flag, number, time, viewOf, words, yes, type Fields } from './virtual-view.ts';

const nothing = number<Thing<TableDetails>>(() => 0);

const FIELDS: Fields<Thing<TableDetails>> = {
  ...placed('TABLE'),
  ID: number(({ id }) => id),
  CLONE_GROUP_ID: number(({ id }) => id),
  IS_TRANSIENT: words(({ details }) => yes(details.lifetime === 'transient' || details.lifetime === 'temporary')),
  ACTIVE_BYTES: number(({ details }) => ({ sql: sizeText(details) })),
  TIME_TRAVEL_BYTES: nothing,
  FAILSAFE_BYTES: nothing,
  RETAINED_FOR_CLONE_BYTES: nothing,
  DELETED: flag(({ deleted }) => deleted !== undefined),
  TABLE_CREATED: time(({ createdOn }) => new Date(createdOn)),
  TABLE_DROPPED: time(({ deleted }) => deleted),
  TABLE_ENTERED_FAILSAFE: time(),
  SCHEMA_CREATED: time(({ path }, { catalog }) => made(catalog.find('SCHEMA', path.slice(0, 2)))),
  SCHEMA_DROPPED: time(),
  CATALOG_CREATED: time(({ path }, { catalog }) => made(catalog.find('DATABASE', path.slice(0, 1)))),
  CATALOG_DROPPED: time(),
};

const made = (object: { readonly createdOn: string } | undefined): Date | undefined =>
  object && new Date(object.createdOn);

const BYTES = 'ACTIVE_BYTES TIME_TRAVEL_BYTES FAILSAFE_BYTES RETAINED_FOR_CLONE_BYTES';

/** TABLE_STORAGE_METRICS of INFORMATION_SCHEMA; history takes no room that could be told apart. */
export const STORAGE = viewOf(
  `TABLE_CATALOG TABLE_SCHEMA TABLE_NAME ID CLONE_GROUP_ID IS_TRANSIENT ${BYTES} TABLE_CREATED TABLE_DROPPED TABLE_ENTERED_FAILSAFE
   CATALOG_CREATED CATALOG_DROPPED SCHEMA_CREATED SCHEMA_DROPPED COMMENT`,
  FIELDS,
  (warehouse, database, scope) =>
    everyObjectOf<TableDetails>('TABLE', 'DYNAMIC TABLE')(warehouse, undefined, scope).filter(
      ({ path }) => path[0] === database,
    ),
);

/** The same of ACCOUNT_USAGE. */
export const STORAGE_OF_ACCOUNT = viewOf(
  `ID TABLE_NAME TABLE_SCHEMA_ID TABLE_SCHEMA TABLE_CATALOG_ID TABLE_CATALOG CLONE_GROUP_ID IS_TRANSIENT ${BYTES} DELETED TABLE_CREATED
   TABLE_DROPPED TABLE_ENTERED_FAILSAFE SCHEMA_CREATED SCHEMA_DROPPED CATALOG_CREATED CATALOG_DROPPED COMMENT INSTANCE_ID`,
  FIELDS,
  everyObjectOf<TableDetails>('TABLE', 'DYNAMIC TABLE'),
);
