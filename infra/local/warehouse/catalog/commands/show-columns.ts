import { STATEMENT_TYPE, table, text, type Cell } from '../../session/outcome.ts';
import { command, type Command } from '../../session/command.ts';
import { notFound } from '../errors.ts';
import { pathIn } from '../lifecycle.ts';
import type { CatalogObject, DeclaredColumn } from '../object.ts';
import { likePattern, parseScope } from '../show.ts';
import { findRelation } from './describe-table.ts';

const COLUMNS = [
  text('table_name'),
  text('schema_name'),
  text('column_name'),
  text('data_type'),
  text('null?'),
  text('default'),
  text('kind'),
  text('expression'),
  text('comment'),
  text('database_name'),
  text('autoincrement'),
];

/** SHOW COLUMNS [LIKE ..] [IN TABLE t | VIEW v | SCHEMA s | DATABASE d | ACCOUNT]. */
export const showColumns: Command = command('SHOW COLUMNS', async (context) => {
  const cursor = context.cursor();
  cursor.expect('SHOW', 'COLUMNS');
  const like = cursor.accept('LIKE') ? likePattern(cursor.string()) : undefined;
  const { session, warehouse } = context;
  let objects: CatalogObject[];
  const single = cursor.at('IN') && !['ACCOUNT', 'DATABASE', 'SCHEMA'].includes(cursor.peek(1).value);
  if (single) {
    cursor.expect('IN');
    cursor.acceptAny(['TABLE', 'VIEW']);
    const path = pathIn(context, cursor.name());
    const found = findRelation(context, path);
    if (found === undefined) throw notFound('TABLE', path);
    objects = [found];
  } else {
    const within = parseScope(cursor, context);
    objects = [...warehouse.catalog.list('TABLE', within), ...warehouse.catalog.list('VIEW', within)].filter((object) =>
      session.access.visible(object),
    );
  }
  cursor.finish();
  const rows = objects.flatMap((object) =>
    (object.details as { columns: readonly DeclaredColumn[] }).columns
      .filter(({ name }) => like?.test(name) ?? true)
      .map((column) => row(object, column)),
  );
  return table(COLUMNS, rows, STATEMENT_TYPE.select);
});

const row = ({ path }: CatalogObject, column: DeclaredColumn): Cell[] => [
  path[2],
  path[1],
  column.name,
  JSON.stringify(dataTypeOf(column)),
  String(column.nullable !== false),
  column.defaultText ?? '',
  'COLUMN',
  '',
  column.comment ?? '',
  path[0],
  column.autoincrement
    ? `IDENTITY START ${column.autoincrement.start} INCREMENT ${column.autoincrement.step} NOORDER`
    : '',
];

const dataTypeOf = ({ type, precision, scale, length, nullable }: DeclaredColumn): object => ({
  type: type.toUpperCase(),
  ...(precision !== undefined && { precision }),
  ...(scale !== undefined && { scale }),
  ...(length !== undefined && { length }),
  ...(type === 'text' && { byteLength: length, fixed: false }),
  nullable: nullable !== false,
});
