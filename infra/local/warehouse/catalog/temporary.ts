import type { StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { alreadyExists, notFound } from './errors.ts';
import type { Creation } from './lifecycle.ts';
import type { CatalogObject, TableDetails } from './object.ts';

/** Creates a table that only its session sees: it hides others of the same name, needs no privilege, and vanishes with the session. */
export const createTemporary = async (
  context: StatementContext,
  creation: Creation<TableDetails>,
): Promise<Outcome> => {
  const { session, warehouse } = context;
  const { path } = creation;
  const key = path.join('\0');
  const name = displayIdentifier(path.at(-1)!);
  if (warehouse.catalog.find('SCHEMA', path.slice(0, 2)) === undefined) throw notFound('SCHEMA', path.slice(0, 2));
  return context.define(creation.locks ?? [], async (run, _, transaction) => {
    const old = session.temporary.get(key);
    if (old !== undefined && creation.ifNotExists) return status(`${name} already exists, statement succeeded.`);
    if (old !== undefined && !creation.orReplace) throw alreadyExists(path);
    const id = await warehouse.space.numbers.take();
    const details = await creation.make(run, id, transaction, old);
    if (old !== undefined) await run(`DROP TABLE ${(old.details as TableDetails).physical}`);
    const object: CatalogObject<TableDetails> = {
      id,
      kind: 'TABLE',
      path,
      owner: session.role,
      comment: creation.comment ?? '',
      createdOn: context.startedAt.toISOString(),
      details,
    };
    transaction.afterCommit.push(() => {
      session.temporary.set(key, object);
      session.epoch += 1;
    });
    return status(`Table ${path.at(-1)!} successfully created.`);
  });
};
