import { invalid } from '../catalog/errors.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { spelled, spellings } from '../catalog/spelled-names.ts';
import type { Relation } from '../contract.ts';
import { integer, text, timestamp } from '../session/outcome.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import { namedArguments } from '../session/named-arguments.ts';
import type { TableFunctionProvider } from '../warehouse.ts';

const ITEMS = [
  [text('FILE_NAME'), 'file_name'],
  [text('STAGE_LOCATION'), 'stage_location'],
  [timestamp('LAST_LOAD_TIME'), 'loaded_at'],
  [integer('ROW_COUNT'), 'loaded'],
  [integer('ROW_PARSED'), 'parsed'],
  [integer('FILE_SIZE'), 'size'],
  [text('FIRST_ERROR_MESSAGE'), 'error'],
  [integer('FIRST_ERROR_LINE_NUMBER'), 'error_line'],
  [integer('FIRST_ERROR_CHARACTER_POS'), 'error_character'],
  [text('FIRST_ERROR_COLUMN_NAME'), 'error_column'],
  [integer('ERROR_COUNT'), 'errors'],
  [integer('ERROR_LIMIT'), 'error_limit'],
  [text('STATUS'), `upper(status[1]) || lower(replace(status[2:], '_', ' '))`],
  [text('TABLE_CATALOG_NAME'), 'table_path[1]'],
  [text('TABLE_SCHEMA_NAME'), 'table_path[2]'],
  [text('TABLE_NAME'), 'table_path[3]'],
  [text('PIPE_CATALOG_NAME'), 'pipe_path[1]'],
  [text('PIPE_SCHEMA_NAME'), 'pipe_path[2]'],
  [text('PIPE_NAME'), 'pipe_path[3]'],
  [timestamp('PIPE_RECEIVED_TIME'), 'received_at'],
  [integer('BYTES_BILLED'), 'NULL::BIGINT'],
] as const;

/** INFORMATION_SCHEMA.COPY_HISTORY: what COPY and pipes loaded into a table within 14 days; a table or pipe that is gone takes its part along. */
export const copyHistory: TableFunctionProvider = (args, scope): Relation => {
  const { catalog } = scope.warehouse;
  const given = namedArguments(args, ['TABLE_NAME', 'START_TIME', 'END_TIME', 'PIPE_NAME']);
  for (const name of ['TABLE_NAME', 'START_TIME'])
    if (!given.has(name)) throw invalid(`missing argument ${name} of COPY_HISTORY`);
  const called = (name: string, objects: readonly CatalogObject[], column: string): string =>
    `${column} IN (${['NULL', ...objects.map((object) => `CASE WHEN ${spelled(given.get(name)!)} IN (${spellings(object, scope)}) THEN ${object.id} END`)].join(', ')})`;
  const visible = (kind: 'TABLE' | 'PIPE'): CatalogObject[] => catalog.list(kind).filter((one) => scope.visible(one));
  const conditions = [
    called('TABLE_NAME', visible('TABLE'), 'table_id'),
    `pipe_id IN (${[0, ...visible('PIPE').map(({ id }) => id)].join(', ')})`,
    `loaded_at >= CAST(${given.get('START_TIME')} AS TIMESTAMPTZ)`,
    `loaded_at >= TIMESTAMPTZ ${quoteString(new Date(scope.warehouse.clock().getTime() - 14 * 86_400_000).toISOString())}`,
    given.has('END_TIME') ? `loaded_at <= CAST(${given.get('END_TIME')} AS TIMESTAMPTZ)` : 'TRUE',
    given.has('PIPE_NAME') ? called('PIPE_NAME', visible('PIPE'), 'pipe_id') : 'TRUE',
  ];
  const list = ITEMS.map(([{ name }, item]) => `${item} AS ${displayIdentifier(name)}`).join(', ');
  return {
    database: '',
    schema: 'INFORMATION_SCHEMA',
    name: 'COPY_HISTORY',
    kind: 'view',
    columns: ITEMS.map(([column]) => column),
    read: `(SELECT ${list} FROM _catalog.load_history WHERE ${conditions.join(' AND ')})`,
  };
};
