import { parseColumnType } from '../catalog/column-types.ts';
import { pathIn } from '../catalog/lifecycle.ts';
import { shortType } from '../scripting/commands/create-procedure.ts';
import type { StatementContext } from '../session/command.ts';
import type { Cursor } from '../sql/cursor.ts';

/** Reads a function's name with the types of its arguments: `f(NUMBER, VARCHAR)`. */
export const namedFunction = (cursor: Cursor, context: StatementContext): { path: string[]; name: string } => {
  const path = pathIn(context, cursor.name());
  const types = cursor.list(() => parseColumnType(cursor));
  return { path: [...path.slice(0, 2), `${path[2]}(${types.map(shortType).join(', ')})`], name: path[2]! };
};
