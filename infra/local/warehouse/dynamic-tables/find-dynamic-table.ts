import { notFound } from '../catalog/errors.ts';
import { StatementNames } from '../catalog/names.ts';
import type { StatementContext } from '../session/command.ts';
import { scopeOf } from '../session/plan.ts';
import type { Session } from '../session/session.ts';
import { translate } from '../translation/translate.ts';
import type { DynamicTable } from './dynamic-table-object.ts';

/** The dynamic table of this name, if the role may see it. */
export const findDynamicTable = ({ warehouse, session }: StatementContext, path: readonly string[]): DynamicTable => {
  const table = warehouse.catalog.find('DYNAMIC TABLE', path);
  if (table === undefined || !session.access.visible(table)) throw notFound('DYNAMIC TABLE', path);
  return table as DynamicTable;
};

/** The dynamic tables that a table's query reads, through views too. */
export const sourcesOf = (session: Session, { path, details }: DynamicTable): DynamicTable[] => {
  const [database, schema] = path;
  const names = new StatementNames({ ...scopeOf(session), database, schema, visible: () => true });
  translate(details.query, names);
  return [...names.touched.values()].flatMap(({ database, schema, name }) => {
    const source = session.warehouse.catalog.find('DYNAMIC TABLE', [database, schema, name]);
    return source === undefined ? [] : [source as DynamicTable];
  });
};

/** The dynamic tables that read this one, directly or through others. */
export const readersOf = (session: Session, table: DynamicTable): DynamicTable[] => {
  const all = session.warehouse.catalog.list('DYNAMIC TABLE') as DynamicTable[];
  const found = new Set<DynamicTable>();
  const look = (of: DynamicTable): void => {
    for (const each of all) {
      if (found.has(each) || !sourcesOf(session, each).some(({ id }) => id === of.id)) continue;
      found.add(each);
      look(each);
    }
  };
  look(table);
  return [...found];
};
