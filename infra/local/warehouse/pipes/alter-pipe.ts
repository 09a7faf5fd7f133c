import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { alterObject, lockKey, pathIn } from '../catalog/lifecycle.ts';
import { omit } from '../catalog/object.ts';
import { parseProperties, propertyText, type Property } from '../catalog/properties.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { status, STATEMENT_TYPE, table, text, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { enqueue, memoryOf } from './pipe-files.ts';
import type { PipeDetails, PipeObject } from './pipe-object.ts';
import { asOwner, stagedFor } from './pipe-source.ts';

const REFRESHED_DAYS = 7;

/** ALTER PIPE: SET and UNSET of its properties, and REFRESH, which queues what it has not loaded of the last seven days. */
export const alterPipe: Command = command('ALTER PIPE', async (context) => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'PIPE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.find('PIPE', path) === undefined)
    return status('Statement executed successfully.');
  if (cursor.accept('REFRESH')) return refresh(context, cursor, path);
  const done = cursor.accept('UNSET') ? await unset(context, cursor, path) : await set(context, cursor, path);
  wake(context);
  return done;
});

const unset = async (context: StatementContext, cursor: Cursor, path: readonly string[]): Promise<Outcome> => {
  const names = [cursor.identifier()];
  while (cursor.accept(',')) names.push(cursor.identifier());
  cursor.finish();
  check(names);
  return alterObject<PipeDetails>(context, 'PIPE', path, async (pipe) => ({
    ...pipe,
    comment: names.includes('COMMENT') ? '' : pipe.comment,
    details: names.includes('PIPE_EXECUTION_PAUSED')
      ? { ...omit(pipe.details, 'cloned'), paused: false }
      : pipe.details,
  }));
};

const set = async (context: StatementContext, cursor: Cursor, path: readonly string[]): Promise<Outcome> => {
  cursor.expect('SET');
  const properties = parseProperties(cursor);
  cursor.finish();
  check(Object.keys(properties));
  const paused = properties['PIPE_EXECUTION_PAUSED'];
  if (paused !== undefined && typeof paused !== 'boolean')
    throw invalid(`invalid value [${propertyText(paused)}] for parameter 'PIPE_EXECUTION_PAUSED'`);
  return alterObject<PipeDetails>(context, 'PIPE', path, async (pipe) => ({
    ...pipe,
    comment: propertyText(properties['COMMENT'], pipe.comment),
    details: paused === undefined ? pipe.details : { ...omit(pipe.details, 'cloned'), paused },
  }));
};

const check = (names: readonly string[]): void => {
  const other = names.find((name) => name !== 'COMMENT' && name !== 'PIPE_EXECUTION_PAUSED');
  if (other === 'ERROR_INTEGRATION' || other === 'TAG') throw unsupported(`ALTER PIPE SET ${other}`);
  if (other !== undefined) throw invalid(`invalid property '${other}' for 'PIPE'`);
};

const refresh = async (context: StatementContext, cursor: Cursor, path: readonly string[]): Promise<Outcome> => {
  const { PREFIX, MODIFIED_AFTER, ...others } = parseProperties(cursor);
  cursor.finish();
  const [other] = Object.keys(others);
  if (other !== undefined) throw invalid(`invalid parameter '${other}'`);
  const after = modifiedAfter(context, MODIFIED_AFTER);
  const { warehouse, session } = context;
  const found = warehouse.catalog.find('PIPE', path) as unknown as PipeObject | undefined;
  if (found === undefined || !session.access.visible(found)) throw notFound('PIPE', path);
  session.access.require('OPERATE', found);
  const rows = await context.define([{ key: lockKey('PIPE', path), mode: 'define' }], async (run) => {
    const staged = await asOwner(warehouse, found, (own) => stagedFor(own, found.details));
    const memory = await memoryOf(warehouse.database.own, found, warehouse.clock());
    const start = staged.prefix + propertyText(PREFIX);
    const chosen = staged.files.filter(
      ({ key, lastModified }) => key.startsWith(start) && lastModified >= after && !memory.loaded(staged.root + key),
    );
    const addresses = chosen.map(({ key }) => staged.root + key);
    await enqueue(run, found.id, addresses, context.startedAt);
    return chosen.map(({ key }) => [key.slice(staged.base.length), 'SENT']);
  });
  wake(context);
  return table([text('File'), text('Status')], rows, STATEMENT_TYPE.select);
};

const modifiedAfter = ({ warehouse }: StatementContext, given: Property | undefined): Date => {
  const earliest = new Date(warehouse.clock().getTime() - REFRESHED_DAYS * 86_400_000);
  if (given === undefined) return earliest;
  const at = new Date(propertyText(given));
  if (Number.isNaN(at.getTime()))
    throw invalid(`invalid value [${propertyText(given)}] for parameter 'MODIFIED_AFTER'`);
  return at > earliest ? at : earliest;
};

const wake = ({ warehouse }: StatementContext): void => {
  for (const tell of warehouse.onObjectCreated) tell();
};
