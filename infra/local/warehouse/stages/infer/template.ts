import { parseColumnType } from '../../catalog/column-types.ts';
import { invalid } from '../../catalog/errors.ts';
import type { DeclaredColumn } from '../../catalog/object.ts';
import type { StatementContext } from '../../session/command.ts';
import { evaluate } from '../../session/evaluate.ts';
import { Cursor } from '../../sql/cursor.ts';
import { tokenize } from '../../sql/lexer.ts';
import { inferred } from './infer-schema.ts';

interface Described {
  readonly COLUMN_NAME?: string;
  readonly TYPE?: string;
  readonly NULLABLE?: boolean;
}

/** The columns that the query of USING TEMPLATE describes: one value, an array of what INFER_SCHEMA found. */
export const templateColumns = async (context: StatementContext, query: string): Promise<DeclaredColumn[]> => {
  const { rows } = await evaluate(context, await inferred(context, query), context.binds.positional);
  const text = rows.length === 1 ? rows[0]![0] : undefined;
  const described: unknown = text === null || text === undefined ? undefined : JSON.parse(text);
  if (!Array.isArray(described) || described.length === 0)
    throw invalid('The query of USING TEMPLATE must return an array of column descriptions.');
  return (described as Described[]).map(({ COLUMN_NAME: name, TYPE: type, NULLABLE: nullable = true }) => {
    if (name === undefined || type === undefined)
      throw invalid('The query of USING TEMPLATE must return COLUMN_NAME and TYPE of each column.');
    return { ...columnType(type), name, nullable };
  });
};

/** A type as INFER_SCHEMA spells it. */
export const columnType = (type: string): ReturnType<typeof parseColumnType> =>
  parseColumnType(new Cursor(tokenize(type)));
