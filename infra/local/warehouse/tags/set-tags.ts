import type { CatalogChange } from '../catalog/catalog.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { lockKey, pathIn } from '../catalog/lifecycle.ts';
import type { CatalogObject, DeclaredColumn, ObjectKind } from '../catalog/object.ts';
import type { Command, StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { Token } from '../sql/token.ts';
import { invalidIdentifier } from '../translation/failures.ts';
import { putTag, type TagObject } from './tag-object.ts';

/** What may be tagged; the words of a statement say which. */
const KINDS: readonly (readonly [words: string, kind: ObjectKind])[] = [
  ['MATERIALIZED VIEW', 'VIEW'],
  ['DYNAMIC TABLE', 'DYNAMIC TABLE'],
  ...(
    ['DATABASE', 'SCHEMA', 'TABLE', 'VIEW', 'WAREHOUSE', 'ROLE', 'USER', 'STAGE', 'STREAM', 'TASK', 'PIPE'] as const
  ).map((kind) => [kind, kind] as const),
];

/** Tags with the values that they get; undefined takes them away. */
export type TagValues = readonly { readonly tag: TagObject; readonly value: string | undefined }[];

/** ALTER ... SET TAG and UNSET TAG of objects and of columns. */
export const setTags: Command = {
  matches: ([first, ...words], tokens) =>
    first === 'ALTER' && setsTag(tokens) && KINDS.some(([kind]) => `${words.join(' ')} `.startsWith(`${kind} `)),
  run: async (context) => {
    const cursor = context.cursor();
    cursor.expect('ALTER');
    const [, kind] = KINDS.find(([words]) => cursor.accept(...words.split(' ')))!;
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = taggedPath(context, kind, cursor.name());
    const columns = cursor.acceptAny(['ALTER', 'MODIFY']) !== undefined;
    const changes: { column?: string; values: TagValues }[] = [];
    do {
      if (columns) cursor.accept('COLUMN');
      changes.push({ ...(columns && { column: cursor.identifier() }), values: parseChange(cursor, context, columns) });
    } while (anotherColumn(cursor, columns));
    cursor.finish();
    if (ifExists && context.warehouse.catalog.find(kind, path) === undefined)
      return status('Statement executed successfully.');
    return tagObject(context, kind, path, changes);
  },
};

const setsTag = (tokens: readonly Token[]): boolean =>
  tokens.some(
    ({ kind, value }, i) => kind === 'word' && value === 'TAG' && ['SET', 'UNSET'].includes(tokens[i - 1]?.value ?? ''),
  );

const parseChange = (cursor: Cursor, context: StatementContext, isColumn: boolean): TagValues => {
  if (!cursor.accept('UNSET', 'TAG')) {
    cursor.expect('SET', 'TAG');
    return parseTags(cursor, context, isColumn);
  }
  const values = [{ tag: tagNamed(context, cursor.name()), value: undefined }];
  while (anotherTag(cursor, isColumn)) values.push({ tag: tagNamed(context, cursor.name()), value: undefined });
  return values;
};

/** Reads `a = 'x', b = 'y'`; of a column up to where the next column begins. */
export const parseTags = (cursor: Cursor, context: StatementContext, isColumn = false): TagValues => {
  const values: { tag: TagObject; value: string }[] = [];
  do {
    const tag = tagNamed(context, cursor.name());
    cursor.expect('=');
    const value = cursor.string();
    const { allowed } = tag.details;
    const name = displayIdentifier(tag.path[2]!);
    if (allowed?.includes(value) === false)
      throw invalid(`Invalid tag value '${value}' for tag ${name}: its allowed values are ${allowed.join(', ')}.`);
    if (value.length > 256) throw invalid(`The value of tag ${name} is longer than 256 characters.`);
    values.push({ tag, value });
  } while (anotherTag(cursor, isColumn));
  return values;
};

const anotherColumn = (cursor: Cursor, columns: boolean): boolean => columns && cursor.accept(',');

const anotherTag = (cursor: Cursor, isColumn: boolean): boolean =>
  !(isColumn && startsColumn(cursor)) && cursor.accept(',');

/** Whether a comma comes, and behind it another column with a change of its own. */
const startsColumn = (cursor: Cursor): boolean =>
  cursor.at(',') && (cursor.peek(1).value === 'COLUMN' || ['SET', 'UNSET'].includes(cursor.peek(2).value));

const tagNamed = (context: StatementContext, name: readonly string[]): TagObject => {
  const path = pathIn(context, name);
  const { access } = context.session;
  const found = context.warehouse.catalog.find('TAG', path);
  if (found === undefined || !(access.visible(found) || access.onAccount('APPLY TAG'))) throw notFound('TAG', path);
  return found as TagObject;
};

/** The path of something that may be tagged. */
const taggedPath = (context: StatementContext, kind: ObjectKind, name: readonly string[]): string[] => {
  if (['DATABASE', 'WAREHOUSE', 'ROLE', 'USER'].includes(kind)) return [...name];
  if (kind === 'SCHEMA') return name.length === 1 ? [context.session.needDatabase(), ...name] : [...name];
  return pathIn(context, name);
};

/** Gives an object and its columns tags: by the right to apply each tag, or any. */
export const tagObject = async (
  context: StatementContext,
  kind: ObjectKind,
  path: readonly string[],
  changes: readonly { readonly column?: string; readonly values: TagValues }[],
): Promise<Outcome> => {
  const { session, warehouse } = context;
  if (session.temporary.has(path.join('\0')) || session.temporaryViews.has(path.join('\0')))
    throw unsupported('tags of temporary tables and views');
  return context.define([{ key: lockKey(kind, path), mode: 'define' }], async (_, change) => {
    const object = warehouse.catalog.find(kind, path);
    if (object === undefined || !session.access.visible(object)) throw notFound(kind, path);
    let tagged = object as CatalogObject<{ readonly columns: readonly DeclaredColumn[] }>;
    for (const { column, values } of changes) {
      for (const { tag } of values) requireApply(context, tag, object);
      if (column === undefined) await putTags(context, change, object, values);
      else tagged = withTags(tagged, column, values);
    }
    if (tagged !== object) await change.put(tagged);
    return status('Statement executed successfully.');
  });
};

const requireApply = ({ session: { access } }: StatementContext, tag: TagObject, object: CatalogObject): void => {
  if (access.onAccount('APPLY TAG')) return;
  access.require('APPLY', tag);
  access.require('OWNERSHIP', object);
};

const putTags = async (
  { warehouse }: StatementContext,
  change: CatalogChange,
  { id }: CatalogObject,
  values: TagValues,
): Promise<void> => {
  for (const { tag, value } of values) await putTag(warehouse, change, id, tag.id, value);
};

const withTags = <D extends { readonly columns: readonly DeclaredColumn[] }>(
  object: CatalogObject<D>,
  name: string,
  values: TagValues,
): CatalogObject<D> => {
  if (!object.details.columns.some((column) => column.name === name)) throw invalidIdentifier([name]);
  const columns = object.details.columns.map((column): DeclaredColumn => {
    if (column.name !== name) return column;
    const tags: Record<string, string> = { ...column.tags };
    for (const { tag, value } of values)
      if (value === undefined) delete tags[String(tag.id)];
      else tags[String(tag.id)] = value;
    return { ...column, tags };
  });
  return { ...object, details: { ...object.details, columns } };
};
