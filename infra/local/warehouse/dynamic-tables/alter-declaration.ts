import { parenthesised } from '../catalog/commands/create-table.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { alterObject } from '../catalog/lifecycle.ts';
import { omit } from '../catalog/object.ts';
import type { StatementContext } from '../session/command.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import type { DynamicTableDetails } from './dynamic-table-object.ts';

/** ALTER DYNAMIC TABLE of comments of columns and of the clustering key. */
export const alterDeclaration = (
  context: StatementContext,
  cursor: Cursor,
  path: readonly string[],
): Promise<Outcome> => {
  const next = parse(context, cursor);
  cursor.finish();
  return alterObject<DynamicTableDetails>(context, 'DYNAMIC TABLE', path, async (table) => ({
    ...table,
    details: next(table.details),
  }));
};

type Next = (details: DynamicTableDetails) => DynamicTableDetails;

const parse = (context: StatementContext, cursor: Cursor): Next => {
  if (cursor.accept('CLUSTER', 'BY')) {
    const clusterBy = parenthesised(cursor, context.statement);
    return (details) => ({ ...details, clusterBy });
  }
  if (cursor.accept('DROP', 'CLUSTERING', 'KEY')) return (details) => ({ ...details, clusterBy: '' });
  cursor.acceptAny(['ALTER', 'MODIFY']);
  const comments = cursor.at('(') ? cursor.list(() => commentOf(cursor)) : [commentOf(cursor)];
  while (cursor.accept(',')) comments.push(commentOf(cursor));
  return (details) => {
    const columns = [...details.columns];
    for (const { name, comment } of comments) {
      const at = columns.findIndex((column) => column.name === name);
      if (at < 0) throw invalid(`column '${name}' does not exist`);
      columns[at] = comment === undefined ? omit(columns[at]!, 'comment') : { ...columns[at]!, comment };
    }
    return { ...details, columns };
  };
};

const commentOf = (cursor: Cursor): { name: string; comment: string | undefined } => {
  cursor.accept('COLUMN');
  const name = cursor.identifier();
  if (cursor.accept('UNSET', 'COMMENT')) return { name, comment: undefined };
  if (!cursor.accept('COMMENT')) throw unsupported(`ALTER DYNAMIC TABLE ALTER COLUMN ${cursor.peek().value}`);
  return { name, comment: cursor.string() };
};
