import { STATEMENT_TYPE, table, text, type Cell } from '../../session/outcome.ts';
import { command, type Command } from '../../session/command.ts';
import { BINARY_LENGTH, TEXT_LENGTH } from '../../engine/wire-columns.ts';
import { notFound } from '../errors.ts';
import { pathIn } from '../lifecycle.ts';
import type { CatalogObject, DeclaredColumn } from '../object.ts';
import { octets } from '../text-bytes.ts';
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
  text('schema_evolution_record'),
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
    objects = (['TABLE', 'DYNAMIC TABLE', 'VIEW'] as const)
      .flatMap((kind) => warehouse.catalog.list(kind, within))
      .filter((object) => session.access.visible(object));
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
  column.evolution ?? null,
];

const dataTypeOf = (column: DeclaredColumn): object => {
  const { type, precision, scale, length = type === 'binary' ? BINARY_LENGTH : TEXT_LENGTH } = column;
  const nullable = column.nullable !== false;
  const name = { type: type.toUpperCase() };
  if (type === 'text' || type === 'binary')
    return { ...name, length, byteLength: octets({ ...column, length }), nullable, fixed: type === 'binary' };
  if (type === 'fixed') return { ...name, precision: precision ?? 38, scale: scale ?? 0, nullable };
  return type.startsWith('time') ? { ...name, precision: 0, scale: scale ?? 9, nullable } : { ...name, nullable };
};
