import type { Run } from '../../engine/duck.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import { displayIdentifier, quoteIdentifier } from '../../sql/identifier.ts';
import { cloneContents } from './clone-container.ts';
import { createHead } from '../create-head.ts';
import { invalid, notFound, unsupported } from '../errors.ts';
import { alterObject, createObject } from '../lifecycle.ts';
import { dropContents, retainContainer } from '../dropped-container.ts';
import { refuseUsedOutside } from '../../policies/in-use.ts';
import type { CatalogObject, ContainerDetails } from '../object.ts';
import { keepTracking } from '../tracking.ts';
import { parseProperties, propertyText } from '../properties.ts';

/** CREATE and DROP of databases and schemas. */
export const containerCommands: readonly Command[] = [
  command('CREATE DATABASE', (context) => create(context, 'DATABASE')),
  command('CREATE SCHEMA', (context) => create(context, 'SCHEMA')),
  command('DROP DATABASE', (context) => drop(context, 'DATABASE')),
  command('DROP SCHEMA', (context) => drop(context, 'SCHEMA')),
];

const create = async (context: StatementContext, kind: 'DATABASE' | 'SCHEMA'): Promise<Outcome> => {
  const cursor = context.cursor();
  const { name, orReplace, orAlter, ifNotExists, modifiers } = createHead(cursor, kind);
  const original = cursor.accept('CLONE') ? containerPath(context, kind, cursor.name()) : undefined;
  if (cursor.at('AT') || cursor.at('BEFORE')) throw unsupported('Time Travel');
  if (cursor.accept('WITH', 'MANAGED', 'ACCESS')) throw unsupported('WITH MANAGED ACCESS');
  const { COMMENT = '', DATA_RETENTION_TIME_IN_DAYS = 1, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others).filter((key) => !HARMLESS.has(key));
  if (other !== undefined) throw unsupported(other);
  cursor.finish();
  const path = containerPath(context, kind, name);
  if (orAlter && original !== undefined) throw unsupported(`CREATE OR ALTER ${kind} CLONE`);
  if (orAlter && context.warehouse.catalog.find(kind, path) !== undefined)
    return alterObject<ContainerDetails>(context, kind, path, async (object) => ({
      ...object,
      comment: propertyText(COMMENT),
      details: { ...object.details, retentionDays: Number(DATA_RETENTION_TIME_IN_DAYS) },
    }));
  const contents = original && cloneContents(context, kind, original, path);
  let copies: readonly CatalogObject[] = [];
  const outcome = await createObject<ContainerDetails>(context, {
    kind,
    path,
    orReplace,
    ifNotExists,
    comment: propertyText(COMMENT),
    make: async (run, _, transaction) => {
      const schema = kind === 'SCHEMA' ? path : [...path, 'PUBLIC'];
      await run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema.join('.'))}`);
      copies = (await contents?.(run, transaction)) ?? [];
      return { transient: modifiers.has('TRANSIENT'), retentionDays: Number(DATA_RETENTION_TIME_IN_DAYS) };
    },
    unmake: async (run, object) => {
      refuseUsedOutside(context.warehouse.catalog, object);
      await dropTables(context, run, object);
    },
    more: async (change, object) => {
      for (const inside of context.warehouse.catalog.contents(path)) await change.remove(inside);
      for (const copy of copies) await change.put(copy);
      if (copies.some((copy) => copy.kind === 'SCHEMA' && copy.path[1] === 'PUBLIC')) return;
      if (kind === 'SCHEMA') return;
      const id = await context.warehouse.space.numbers.take();
      await change.put({ ...object, id, kind: 'SCHEMA', path: [...path, 'PUBLIC'], comment: '' });
    },
  });
  if (copies.some((copy) => copy.kind === 'STREAM')) await keepTracking(context.warehouse);
  if (context.warehouse.catalog.find(kind, path)?.createdOn === context.startedAt.toISOString()) use(context, path);
  return outcome;
};

const HARMLESS = new Set(['MAX_DATA_EXTENSION_TIME_IN_DAYS', 'LOG_LEVEL', 'TRACE_LEVEL']);

const drop = async (context: StatementContext, kind: 'DATABASE' | 'SCHEMA'): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('DROP', kind);
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = containerPath(context, kind, cursor.name());
  const restrict = cursor.acceptAny(['RESTRICT', 'CASCADE']) === 'RESTRICT';
  cursor.finish();
  const { warehouse, session } = context;
  const name = displayIdentifier(path.at(-1)!);
  const outcome = await context.define([{ key: `${kind} ${path.join('.')}`, mode: 'define' }], async (run, change) => {
    const object = warehouse.catalog.find(kind, path);
    if (object === undefined || !session.access.visible(object)) {
      if (ifExists) return status(`Drop statement executed successfully (${name} already dropped).`);
      throw notFound(kind, path);
    }
    session.access.require('OWNERSHIP', object);
    refuseUsedOutside(warehouse.catalog, object);
    const inside = warehouse.catalog.contents(path);
    if (restrict && inside.filter((each) => !each.kind.startsWith('DROPPED')).length > (kind === 'DATABASE' ? 1 : 0))
      throw invalid(`Cannot drop ${kind.toLowerCase()} ${name}: it is not empty.`);
    if (!(await retainContainer(context, run, change, object as CatalogObject<ContainerDetails>, inside)))
      await dropTables(context, run, object);
    for (const gone of [...inside, object]) {
      await change.remove(gone);
      await session.access.forget(change, gone);
    }
    return status(`${name} successfully dropped.`);
  });
  if (session.database === path[0] && (kind === 'DATABASE' || session.schema === path[1])) {
    if (kind === 'DATABASE') session.database = undefined;
    session.schema = undefined;
  }
  return outcome;
};

const dropTables = ({ warehouse }: StatementContext, run: Run, { path }: CatalogObject): Promise<void> =>
  dropContents(run, warehouse.catalog.contents(path));

/** The path of a database or schema as it is named. */
export const containerPath = (
  { session }: StatementContext,
  kind: 'DATABASE' | 'SCHEMA',
  name: readonly string[],
): string[] => {
  if (kind === 'DATABASE' && name.length === 1) return [...name];
  if (kind === 'SCHEMA' && name.length === 2) return [...name];
  if (kind === 'SCHEMA' && name.length === 1) return [session.needDatabase(), ...name];
  throw invalid(`Invalid name '${name.join('.')}' for a ${kind.toLowerCase()}.`);
};

/** Makes a database or schema the session's current one; a database brings its schema PUBLIC, if it has one. */
export const use = (
  { session, warehouse }: Pick<StatementContext, 'session' | 'warehouse'>,
  path: readonly string[],
): void => {
  session.database = path[0];
  session.schema =
    path[1] ?? (warehouse.catalog.find('SCHEMA', [path[0]!, 'PUBLIC']) === undefined ? undefined : 'PUBLIC');
  session.epoch += 1;
};
