import type { Value } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import { evaluate } from '../session/evaluate.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { wait } from './wait.ts';
import { setReturnValue } from '../tasks/task-functions.ts';

/** A procedure of the system: reads its own arguments from the text, since some of them only look like calls. */
export type SystemProcedure = (
  cursor: Cursor,
  text: string,
  values: readonly Value[],
  context: StatementContext,
) => Promise<Outcome>;

/** One whose arguments are plain expressions. */
const plain =
  (work: (args: readonly Value[], context: StatementContext) => Promise<Outcome>): SystemProcedure =>
  async (cursor, text, values, context) => {
    const from = cursor.peek().end;
    while (!cursor.atEnd) cursor.next();
    const inside = text.slice(from, text.lastIndexOf(')')).trim();
    if (inside === '') return work([], context);
    const { columns, rows } = await evaluate(context, `SELECT ${inside}`, values);
    return work(
      columns.map(({ type }, i) => ({ type, text: rows[0]![i]! })),
      context,
    );
  };

/** All SYSTEM$ procedures. */
export const SYSTEM_PROCEDURES: ReadonlyMap<string, SystemProcedure> = new Map([
  ['SYSTEM$WAIT', plain(wait)],
  ['SYSTEM$SET_RETURN_VALUE', plain(async ([value], { session }) => setReturnValue(session, value?.text ?? null))],
]);
