import type { Relation } from '../contract.ts';
import type { CatalogObject, TableObject } from './object.ts';
import { TRACKING } from './tracking.ts';

/** An object's name by its parts. */
export const named = ({ path }: CatalogObject): { database: string; schema: string; name: string } => ({
  database: path[0]!,
  schema: path[1]!,
  name: path[2]!,
});

/** A table as statements read and write it; the column that streams need is hidden from readers. */
export const tableRelation = (table: TableObject): Relation => {
  const { physical, tracked, columns } = table.details;
  return {
    ...named(table),
    kind: 'table',
    read: tracked ? `(SELECT * EXCLUDE (${TRACKING}) FROM ${physical})` : physical,
    write: physical,
    columns,
  };
};
