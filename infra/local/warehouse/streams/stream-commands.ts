import { keepTracking } from '../catalog/tracking.ts';
import { createHead, type CreateHead } from '../catalog/create-head.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { alterObject, createObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { copyOffset, dropOffset, setOffset } from './offsets.ts';
import type { StreamDetails, StreamObject } from './stream-object.ts';
import { findSource, keepTracked, trackSource } from './stream-source.ts';
import { showStreams } from './show-streams.ts';

/** CREATE, ALTER, DROP, SHOW and DESCRIBE of streams. */
export const streamCommands: readonly Command[] = [
  command('CREATE STREAM', async (context) => {
    const outcome = await create(context);
    await keepTracking(context.warehouse);
    return outcome;
  }),
  command('ALTER STREAM', async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER', 'STREAM');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    if (cursor.at('SET', 'TAG') || cursor.at('UNSET', 'TAG')) throw unsupported('tags');
    const unset = cursor.accept('UNSET', 'COMMENT');
    if (!unset) cursor.expect('SET');
    const { COMMENT = unset ? '' : undefined, ...others } = unset ? {} : parseProperties(cursor);
    cursor.finish();
    if (COMMENT === undefined || Object.keys(others).length > 0)
      throw unsupported('ALTER STREAM SET of anything but COMMENT');
    if (ifExists && context.warehouse.catalog.find('STREAM', path) === undefined)
      return status('Statement executed successfully.');
    return alterObject(context, 'STREAM', path, async (stream) => ({ ...stream, comment: propertyText(COMMENT) }));
  }),
  command('DROP STREAM', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'STREAM');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'STREAM', path, ifExists, (run, { id }) => dropOffset(run, id));
  }),
  ...showStreams,
];

const create = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  const { name, orAlter, ...head } = createHead(cursor, 'STREAM');
  if (cursor.accept('CLONE')) return clone(context, cursor, head, pathIn(context, name));
  const copyGrants = cursor.accept('COPY', 'GRANTS');
  cursor.expect('ON');
  const kind = cursor.acceptAny(['TABLE', 'VIEW']) as 'TABLE' | 'VIEW' | undefined;
  if (kind === undefined) throw unsupported(`CREATE STREAM ON ${streamSource(cursor)}`);
  const from = pathIn(context, cursor.name());
  const start = startOf(cursor, context);
  const { APPEND_ONLY = false, SHOW_INITIAL_ROWS = false, COMMENT = '', ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`invalid parameter '${other}'`);
  cursor.finish();
  const { warehouse } = context;
  const source = findSource(context, kind, from);
  const details: StreamDetails = {
    tableId: source.object.id,
    table: source.object.path,
    ...(kind === 'VIEW' && { tables: source.tables.map(({ id }) => id) }),
    mode: APPEND_ONLY === true ? 'APPEND_ONLY' : 'DEFAULT',
    initialRows: SHOW_INITIAL_ROWS === true,
  };
  const path = pathIn(context, name);
  const present = orAlter ? warehouse.catalog.find('STREAM', path) : undefined;
  if (present !== undefined) return recomment(context, present as StreamObject, details, propertyText(COMMENT));
  return createObject<StreamDetails>(context, {
    ...head,
    copyGrants,
    kind: 'STREAM',
    path,
    comment: propertyText(COMMENT),
    // Nobody may be in the middle of writing to a table while it becomes one that is watched.
    locks: [from, ...source.tables.map((table) => table.path)].map((each) => ({ key: each.join('.'), mode: 'define' })),
    make: async (run, id, { frontier }) => {
      await trackSource(run, findSource(context, kind, from), source);
      if (start === undefined) await setOffset(run, id, frontier, details.initialRows, warehouse.clock());
      else await copyOffset(run, id, start.id);
      return details;
    },
    unmake: (run, { id }) => dropOffset(run, id),
    more: (change) => keepTracked(change, findSource(context, kind, from)),
  });
};

/** What a stream would be on: `STAGE`, `EXTERNAL TABLE`. */
const streamSource = (cursor: Cursor): string =>
  cursor.peek(1).value === 'TABLE' ? `${cursor.peek().value} TABLE` : cursor.peek().value;

/** CREATE OR ALTER of a stream that is there: only its comment can change. */
const recomment = (
  context: StatementContext,
  stream: StreamObject,
  { tableId, mode }: StreamDetails,
  comment: string,
): Promise<Outcome> => {
  if (stream.details.tableId !== tableId || stream.details.mode !== mode)
    throw unsupported('CREATE OR ALTER STREAM of anything but COMMENT');
  return alterObject<StreamDetails>(context, 'STREAM', stream.path, async (now) => ({ ...now, comment }));
};

/** CREATE STREAM ... CLONE: another stream on the same table that stands where the first one does. */
const clone = async (
  context: StatementContext,
  cursor: Cursor,
  head: Pick<CreateHead, 'orReplace' | 'ifNotExists'>,
  path: readonly string[],
): Promise<Outcome> => {
  const from = pathIn(context, cursor.name());
  const copyGrants = cursor.accept('COPY', 'GRANTS');
  cursor.finish();
  const source = context.warehouse.catalog.find('STREAM', from);
  if (source === undefined || !context.session.access.visible(source)) throw notFound('STREAM', from);
  context.session.access.require('OWNERSHIP', source);
  return createObject<StreamDetails>(context, {
    ...head,
    kind: 'STREAM',
    path,
    comment: source.comment,
    ...(copyGrants && { grantsOf: source }),
    make: async (run, id) => {
      await copyOffset(run, id, source.id);
      return (source as StreamObject).details;
    },
    unmake: (run, { id }) => dropOffset(run, id),
  });
};

/** `AT (STREAM => 's')`: where another stream stands. Other points in time are refused. */
const startOf = (cursor: Cursor, context: StatementContext): StreamObject | undefined => {
  if (!cursor.at('AT') && !cursor.at('BEFORE')) return undefined;
  if (!cursor.accept('AT', '(', 'STREAM', '=>')) throw unsupported('Time Travel');
  const path = pathIn(
    context,
    cursor
      .string()
      .split('.')
      .map((part) => part.toUpperCase()),
  );
  cursor.expect(')');
  const stream = context.warehouse.catalog.find('STREAM', path);
  if (stream === undefined) throw notFound('STREAM', path);
  return stream as StreamObject;
};
