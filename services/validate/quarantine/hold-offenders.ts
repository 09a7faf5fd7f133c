import type { BatchValidated } from '../../../events/batch-validated.v1.ts';
import type { TableRef } from '../../../events/contract.ts';
import { Defect, RetryLater } from '../../../shared/errors.ts';
import type { Course } from '../../../shared/snowflake/course.ts';
import { count, type Result, type Warehouse } from '../../../shared/snowflake/warehouse.ts';
import type { Statement } from '../../../shared/sql/statement.ts';
import { clearQuarantine, holdBack, noteHeld, weighHeld, type Held } from '../sql/hold-back.ts';
import { takeTurn } from '../sql/release-documents.ts';

type Quarantined = BatchValidated['data']['quarantined'];

/** What is to be kept of a stage that has been judged. */
interface Kept extends Held {
  readonly lock: TableRef;
  readonly log: TableRef | undefined;
  /** Writes the validation's result down, once an attempt. */
  readonly note: Statement;
}

/** An attempt has been judged before, maybe by other rules: what has gone on since then went by that. */
class JudgedBefore extends Error {}

/**
 * Puts all offenders into quarantine together with the validation's result, or nothing at all; says how much it holds. A stage that has
 * been judged before in this attempt stays as it is.
 */
export const holdOffenders = async (warehouse: Warehouse, kept: Kept, course: Course): Promise<Quarantined> => {
  const { lock, log, note, ...held } = kept;
  const noted = log === undefined ? [] : [noteHeld({ ...held, log })];
  // The same message may be at work twice at the same time.
  const turn = takeTurn({ lock, event: held.batch });
  const statements = [turn, note, clearQuarantine(held), holdBack(held), weighHeld(held), ...noted];
  return once(warehouse, held, async () => {
    const results = await warehouse.transaction(statements, held.batch, course, ([, noteMade, , , it]) => {
      expectFirst(noteMade!);
      expectWhole(it!);
    });
    return quarantinedOf(results[4]!);
  });
};

/** Keeps the validation's result of a stage that all documents have passed; the same holds for one that has been judged before. */
export const passAll = async (warehouse: Warehouse, kept: Kept, course: Course): Promise<Quarantined> => {
  const { note, batch } = kept;
  return once(warehouse, kept, async () => {
    if (batch.attempt === 1) expectFirst(await warehouse.run(note, batch));
    // An earlier attempt may have held back what passes now.
    else await warehouse.transaction([note, clearQuarantine(kept)], batch, course, ([it]) => expectFirst(it!));
    return { documents: 0, rows: 0, unreadable: 0 };
  });
};

const once = async (warehouse: Warehouse, held: Held, work: () => Promise<Quarantined>): Promise<Quarantined> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof JudgedBefore)) throw error;
    return quarantinedOf(await warehouse.run(weighHeld(held), held.batch));
  }
};

const expectFirst = ({ rowsChanged }: Result): void => {
  if (rowsChanged === 0) throw new JudgedBefore();
};

const expectWhole = ({ rows: [weighed] }: Result): void => {
  const [rejected, found] = [count(weighed?.['DOCUMENTS']), count(weighed?.['FOUND'])];
  // A session older than the claim's commit may not see all documents as they arrived.
  if (found < rejected) throw new RetryLater(`sees ${found} of the ${rejected} documents that it holds back`);
  if (found > rejected) throw new Defect(`found ${found} documents where it holds back ${rejected}`);
};

const quarantinedOf = ({ rows: [weighed] }: Result): Quarantined => ({
  documents: count(weighed?.['DOCUMENTS']),
  rows: count(weighed?.['ROWS_HELD']),
  unreadable: count(weighed?.['UNREADABLE']),
});
