import { join } from 'node:path';
import { notFound } from '../catalog/errors.ts';
import { qualify } from '../catalog/names.ts';
import type { Session } from '../session/session.ts';
import type { FileStore } from './file-store.ts';
import { internalStore } from './internal-store.ts';
import type { StageObject } from './stage-object.ts';

/** The files of a named internal stage. */
export const namedStore = ({ warehouse }: Pick<Session, 'warehouse'>, { id, path }: StageObject): FileStore =>
  internalStore(directoryOf(warehouse, String(id)), `${path[2]!.toLowerCase()}/`);

/** The files of a user's own stage, `@~`. */
export const userStore = ({ warehouse, user }: Session): FileStore =>
  internalStore(directoryOf(warehouse, `user-${encodeURIComponent(user)}`), '');

/** The files of a table's own stage, `@%table`: its owner's alone. */
export const tableStore = (session: Session, name: readonly string[]): FileStore => {
  const path = qualify(name, session);
  const table = session.temporary.get(path.join('\0')) ?? session.warehouse.catalog.find('TABLE', path);
  if (table === undefined || !session.access.visible(table)) throw notFound('TABLE', path);
  session.access.require('OWNERSHIP', table);
  return internalStore(directoryOf(session.warehouse, `table-${table.id}`), '');
};

/** Without a directory for its data, a warehouse keeps files no longer than results. */
const directoryOf = ({ options, history }: Session['warehouse'], name: string): string =>
  join(options.dataDir ?? history.directory, 'stages', name);
