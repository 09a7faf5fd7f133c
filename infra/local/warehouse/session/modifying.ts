import type { Relation, StatementKind, Translated } from '../contract.ts';
import type { Run } from '../engine/duck.ts';
import type { Transaction } from '../engine/transaction.ts';
import type { Session } from './session.ts';

/** Hears of a table whose existing rows a statement is about to change, inside its transaction; what it returns runs right after the statement. */
export type ModifyHook = (
  written: Pick<Relation, 'database' | 'schema' | 'name'>,
  kind: StatementKind,
  run: Run,
  transaction: Transaction,
  session: Session,
) => Promise<(() => Promise<void>) | undefined>;

const MODIFYING = new Set<StatementKind>(['update', 'delete', 'merge', 'truncate']);

/** Whether the statement changes or removes rows that are there: all but plain INSERTs do. */
export const modifies = ({ kind, statements }: Translated): boolean =>
  MODIFYING.has(kind) || statements.some((sql) => /^\s*(?:DELETE|TRUNCATE)\b/i.test(sql));

/** Runs a statement's DuckDB texts between what the hooks do before and after it. */
export const hooked = async <T>(
  translated: Translated,
  run: Run,
  transaction: Transaction,
  session: Session,
  work: () => Promise<T>,
): Promise<T> => {
  if (!modifies(translated)) return work();
  const after: (() => Promise<void>)[] = [];
  for (const written of translated.writes) {
    for (const hook of session.warehouse.modifying) {
      const then = await hook(written, translated.kind, run, transaction, session);
      if (then !== undefined) after.push(then);
    }
  }
  const result = await work();
  for (const then of after) await then();
  return result;
};
