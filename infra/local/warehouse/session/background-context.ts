import { unsupported } from '../catalog/errors.ts';
import { Cursor } from '../sql/cursor.ts';
import { splitStatements } from '../sql/split.ts';
import type { StatementContext } from './command.ts';
import type { Session } from './session.ts';

/** What a query needs that the warehouse asks on its own behalf, without a place in the history. */
export const backgroundContext = (session: Session, sql: string): StatementContext => {
  const statement = splitStatements(sql)[0]!;
  return {
    session,
    warehouse: session.warehouse,
    statement,
    binds: { positional: [] },
    queryId: '',
    startedAt: session.warehouse.clock(),
    cursor: () => new Cursor(statement.tokens),
    execute: () => Promise.reject(unsupported('statements in the background')),
    change: (spec, work) => session.transactions.change(spec, work),
    define: () => Promise.reject(unsupported('DDL in the background')),
  };
};
