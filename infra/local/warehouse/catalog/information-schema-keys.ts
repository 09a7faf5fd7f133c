import { text, timestamp } from '../session/outcome.ts';
import type { Warehouse } from '../warehouse.ts';
import { keysOf } from './keys.ts';
import type { NameScope } from './names.ts';
import type { TableObject } from './object.ts';
import type { ViewCell, VirtualView } from './virtual-view.ts';

/** Views of INFORMATION_SCHEMA that list keys, none of which is enforced. */
export const KEY_VIEWS: Readonly<Record<string, VirtualView>> = {
  TABLE_CONSTRAINTS: {
    columns: [
      ...['CATALOG', 'SCHEMA', 'NAME'].map((part) => text(`CONSTRAINT_${part}`)),
      ...['CATALOG', 'SCHEMA', 'NAME'].map((part) => text(`TABLE_${part}`)),
      ...['CONSTRAINT_TYPE', 'IS_DEFERRABLE', 'INITIALLY_DEFERRED', 'ENFORCED', 'COMMENT'].map(text),
      timestamp('CREATED'),
      text('RELY'),
    ],
    rows: (warehouse, database, scope) =>
      tables(warehouse, database, scope).flatMap((table) =>
        keysOf(table).map(({ kind, name }): ViewCell[] => [
          ...table.path.slice(0, 2),
          name,
          ...table.path,
          kind,
          'NO',
          'YES',
          'NO',
          null,
          new Date(table.createdOn),
          'NO',
        ]),
      ),
  },
  REFERENTIAL_CONSTRAINTS: {
    columns: [
      ...['CATALOG', 'SCHEMA', 'NAME'].map((part) => text(`CONSTRAINT_${part}`)),
      ...['CATALOG', 'SCHEMA', 'NAME'].map((part) => text(`UNIQUE_CONSTRAINT_${part}`)),
      ...['MATCH_OPTION', 'UPDATE_RULE', 'DELETE_RULE', 'COMMENT'].map(text),
      timestamp('CREATED'),
    ],
    rows: (warehouse, database, scope) =>
      tables(warehouse, database, scope).flatMap((table) =>
        keysOf(table).flatMap(({ name, target }): ViewCell[][] => {
          if (target === undefined) return [];
          const referred = warehouse.catalog.find('TABLE', target.path) as TableObject | undefined;
          const primary = referred && keysOf(referred).find(({ kind }) => kind === 'PRIMARY KEY');
          const place = [...table.path.slice(0, 2), name, ...target.path.slice(0, 2), primary?.name ?? null];
          return [[...place, 'FULL', 'NO ACTION', 'NO ACTION', null, new Date(table.createdOn)]];
        }),
      ),
  },
};

const tables = ({ catalog }: Warehouse, database: string, scope: NameScope): TableObject[] =>
  catalog.list('TABLE', [database]).filter((object) => scope.visible(object)) as TableObject[];
