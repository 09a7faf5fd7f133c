import { notFound } from '../catalog/errors.ts';
import type { TableObject } from '../catalog/object.ts';
import { pathIn } from '../catalog/lifecycle.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { STATEMENT_TYPE, table as rowsOf, text, timestamp, type Cell } from '../session/outcome.ts';
import { displayName } from '../sql/identifier.ts';
import { movedAt } from './offsets.ts';
import type { StreamObject } from './stream-object.ts';
import { watched } from './stream-relation.ts';

const STALE_DAYS = 14;

/** SHOW STREAMS and DESCRIBE STREAM. */
export const showStreams: readonly Command[] = [
  showCommand({
    words: 'STREAMS',
    kinds: ['STREAM'],
    columns: columns(),
    row: (object, context) => describe(object as StreamObject, context),
    terse: ['created_on', 'name', 'type', 'database_name', 'schema_name', 'table_name'],
    terseNames: { type: 'kind', table_name: 'tableOn' },
  }),
  ...['DESCRIBE', 'DESC'].map((word) =>
    command(`${word} STREAM`, async (context) => {
      const cursor = context.cursor();
      cursor.expect(word, 'STREAM');
      const path = pathIn(context, cursor.name());
      cursor.finish();
      const stream = context.warehouse.catalog.find('STREAM', path);
      if (stream === undefined || !context.session.access.visible(stream)) throw notFound('STREAM', path);
      return rowsOf(columns(), [await describe(stream as StreamObject, context)], STATEMENT_TYPE.select);
    }),
  ),
];

function columns() {
  const texts = [
    'name',
    'database_name',
    'schema_name',
    'owner',
    'comment',
    'table_name',
    'source_type',
    'base_tables',
    'type',
    'stale',
    'mode',
  ].map((name) => text(name));
  return [timestamp('created_on'), ...texts, timestamp('stale_after'), text('invalid_reason'), text('owner_role_type')];
}

const describe = async (stream: StreamObject, { session, warehouse }: StatementContext): Promise<Cell[]> => {
  const { path, createdOn, owner, comment, details, id } = stream;
  const source = watched(warehouse, stream);
  const name = displayName(source?.path ?? details.table);
  const tables = (details.tables ?? []).flatMap((id) => warehouse.catalog.byId(id) ?? []) as TableObject[];
  const bases = details.tables ? tables : source ? [source as TableObject] : [];
  const moved = await movedAt(session.duck.run, id);
  const days = Math.max(STALE_DAYS, ...bases.map((table) => table.details.retentionDays));
  const staleAfter = moved && new Date(moved.getTime() + days * 86_400_000);
  return [
    new Date(createdOn),
    path[2],
    path[0],
    path[1],
    owner,
    comment,
    name,
    details.tables ? 'View' : 'Table',
    details.tables ? tables.map(({ path: base }) => displayName(base)).join(',') : name,
    'DELTA',
    String(source === undefined),
    details.mode,
    staleAfter,
    source === undefined ? 'Base table dropped' : 'N/A',
    'ROLE',
  ];
};
