import type { Value } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';

/** A procedure of the system: reads its own arguments from the text, since some of them only look like calls. */
export type SystemProcedure = (
  cursor: Cursor,
  text: string,
  values: readonly Value[],
  context: StatementContext,
) => Promise<Outcome>;

/** All SYSTEM$ procedures. */
export const SYSTEM_PROCEDURES: ReadonlyMap<string, SystemProcedure> = new Map([]);
