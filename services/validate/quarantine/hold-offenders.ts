import type { BatchValidated } from '../../../events/batch-validated.v1.ts';
import type { TableRef } from '../../../events/contract.ts';
import { Defect, RetryLater } from '../../../shared/errors.ts';
import type { Course } from '../../../shared/snowflake/course.ts';
import { count, type Result, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import type { Statement } from '../../../shared/sql/statement.ts';
import { clearQuarantine, holdBack, noteHeld, weighHeld, type Held } from '../sql/hold-back.ts';

type Quarantined = BatchValidated['data']['quarantined'];

/** Puts all offenders into quarantine together with the validation's result, or nothing at all; says how much it holds. */
export const holdOffenders = async (
  warehouse: Warehouse,
  { log, ...held }: Held & { readonly log: TableRef | undefined },
  note: Statement,
  course: Course,
): Promise<Quarantined> => {
  const noted = log === undefined ? [] : [noteHeld({ ...held, log })];
  const statements = [clearQuarantine(held), holdBack(held), weighHeld(held), ...noted, note];
  const [, , weighed] = await warehouse.transaction(statements, held.batch, course, ([, , it]) => expectWhole(it!));
  const { DOCUMENTS, ROWS_HELD, UNREADABLE } = weighed!.rows[0]!;
  return { documents: count(DOCUMENTS), rows: count(ROWS_HELD), unreadable: count(UNREADABLE) };
};

const expectWhole = ({ rows: [weighed] }: Result): void => {
  const [rejected, found] = [count(weighed?.['DOCUMENTS']), count(weighed?.['FOUND'])];
  // A session older than the claim's commit may not see all documents as they arrived.
  if (found < rejected) throw new RetryLater(`sees ${found} of the ${rejected} documents that it holds back`);
  if (found > rejected) throw new Defect(`found ${found} documents where it holds back ${rejected}`);
};

/** Keeps the validation's result of a stage that all documents have passed. */
export const passAll = async (
  warehouse: Warehouse,
  held: Held,
  note: Statement,
  course: Course,
): Promise<Quarantined> => {
  // An earlier attempt may have held back what passes now.
  if (held.batch.attempt > 1) await warehouse.transaction([clearQuarantine(held), note], held.batch, course);
  else await warehouse.run(note, held.batch);
  return { documents: 0, rows: 0, unreadable: 0 };
};
