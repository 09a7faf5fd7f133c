import { sameColumns } from '../../policies/policy-object.ts';
import type { StatementContext } from '../../session/command.ts';
import { pastRelation } from '../../time-travel/past-relation.ts';
import type { Moment } from '../../contract.ts';
import { notFound } from '../errors.ts';
import { qualify } from '../names.ts';
import type { CatalogChange } from '../catalog.ts';
import { tagCopies } from '../../tags/tag-object.ts';
import { omit, type CatalogObject, type TableObject } from '../object.ts';
import { cloned, declared, type TableSource } from '../table-source.ts';

/** What CREATE TABLE LIKE and CLONE make: policies come along with a clone alone. */
export const copiedTable = (
  { session, warehouse }: StatementContext,
  copy: 'LIKE' | 'CLONE',
  original: TableObject,
  moment: Moment | undefined,
): TableSource =>
  copy === 'LIKE'
    ? declared(original.details.columns.map((column) => omit(column, 'masking')))
    : cloned(original, session.duck, moment && sameColumns(pastRelation(original, moment, warehouse), original));

/** The table that is copied, which the session may read. */
export const findOriginal = ({ session, warehouse }: StatementContext, name: readonly string[]): TableObject => {
  const path = qualify(name, session);
  const table = session.temporary.get(path.join('\0')) ?? warehouse.catalog.find('TABLE', path);
  if (table === undefined || !session.access.visible(table)) throw notFound('TABLE', path);
  session.access.require('SELECT', table);
  return table as TableObject;
};

/** Gives a copy the tags of the table that it is made of. */
export const tagsOfOriginal =
  ({ warehouse }: StatementContext, original: TableObject | undefined) =>
  async (change: CatalogChange, { id }: CatalogObject): Promise<void> => {
    if (original === undefined) return;
    for (const tag of await tagCopies(warehouse, new Map([[original.id, id]]))) await change.put(tag);
  };
