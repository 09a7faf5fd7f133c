import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import { dropObject, pathIn } from '../lifecycle.ts';
import type { TableDetails } from '../object.ts';
import { dropTable } from './undrop.ts';

/** DROP TABLE and DROP VIEW; a temporary one goes before the one that it hides. */
export const dropRelations: readonly Command[] = [
  command('DROP TABLE', async (context) => {
    const { path, ifExists } = parse(context, 'TABLE');
    return (await dropTemporary(context, path)) ?? dropTable(context, path, ifExists);
  }),
  command('DROP VIEW', async (context) => {
    const { path, ifExists } = parse(context, 'VIEW');
    const { session } = context;
    if (!session.temporaryViews.has(path.join('\0'))) return dropObject(context, 'VIEW', path, ifExists);
    await session.transactions.commit();
    session.temporaryViews.delete(path.join('\0'));
    session.epoch += 1;
    return status(`${path.at(-1)!} successfully dropped.`);
  }),
];

const parse = (context: StatementContext, kind: string): { path: string[]; ifExists: boolean } => {
  const cursor = context.cursor();
  cursor.expect('DROP', kind);
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  cursor.acceptAny(['CASCADE', 'RESTRICT']);
  cursor.finish();
  return { path, ifExists };
};

const dropTemporary = async (context: StatementContext, path: readonly string[]): Promise<Outcome | undefined> => {
  const { session } = context;
  const key = path.join('\0');
  const table = session.temporary.get(key);
  if (table === undefined) return undefined;
  return context.define([], async (run, _, transaction) => {
    await run(`DROP TABLE ${(table.details as TableDetails).physical}`);
    transaction.afterCommit.push(() => {
      session.temporary.delete(key);
      session.epoch += 1;
    });
    return status(`${path.at(-1)!} successfully dropped.`);
  });
};
