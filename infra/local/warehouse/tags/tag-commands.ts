import { createHead } from '../catalog/create-head.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { alterObject, createObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { omit, type CatalogObject } from '../catalog/object.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { rename } from '../catalog/commands/rename.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { status, text, timestamp, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import type { TagDetails, TagObject } from './tag-object.ts';

/** CREATE, ALTER, DROP and SHOW of tags. */
export const tagCommands: readonly Command[] = [
  command('CREATE TAG', async (context) => {
    const cursor = context.cursor();
    const { name, orAlter, ...head } = createHead(cursor, 'TAG');
    const details = cursor.at('ALLOWED_VALUES') ? { allowed: allowedValues(cursor) } : {};
    const comment = commentOf(cursor);
    const path = pathIn(context, name);
    if (orAlter && context.warehouse.catalog.find('TAG', path) !== undefined)
      return alterObject<TagDetails>(context, 'TAG', path, async (tag) => ({ ...tag, comment, details }));
    return createObject<TagDetails>(context, { ...head, kind: 'TAG', path, comment, make: async () => details });
  }),
  command('ALTER TAG', (context) => alter(context)),
  command('DROP TAG', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', 'TAG');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    return dropObject(context, 'TAG', path, ifExists);
  }),
  showCommand({
    words: 'TAGS',
    kinds: ['TAG'],
    columns: [
      timestamp('created_on'),
      ...['name', 'database_name', 'schema_name', 'owner', 'comment', 'allowed_values', 'owner_role_type'].map(text),
    ],
    row: (object) => {
      const { path, createdOn, owner, comment, details } = object as TagObject;
      const allowed = details.allowed === undefined ? null : JSON.stringify(details.allowed);
      return [new Date(createdOn), path[2], path[0], path[1], owner, comment, allowed, 'ROLE'];
    },
  }),
];

const allowedValues = (cursor: Cursor): string[] => {
  cursor.expect('ALLOWED_VALUES');
  const values = [cursor.string()];
  while (cursor.accept(',')) values.push(cursor.string());
  return values;
};

const commentOf = (cursor: Cursor): string => {
  const { COMMENT, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined) throw unsupported(`${other} of a tag`);
  cursor.finish();
  return propertyText(COMMENT);
};

const alter = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'TAG');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.find('TAG', path) === undefined)
    return status('Statement executed successfully.');
  if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'TAG', path);
  const put = (next: (tag: CatalogObject<TagDetails>) => CatalogObject<TagDetails>): Promise<Outcome> => {
    cursor.finish();
    return alterObject<TagDetails>(context, 'TAG', path, async (tag) => next(tag));
  };
  const allow = (next: (allowed: readonly string[]) => readonly string[]): Promise<Outcome> =>
    put((tag) => ({ ...tag, details: { allowed: next(tag.details.allowed ?? []) } }));
  const verb = cursor.acceptAny(['ADD', 'DROP', 'SET', 'UNSET']);
  if (verb === undefined) cursor.expect('SET');
  const refused = ['MASKING', 'DATA', 'PROPAGATE', 'ON_CONFLICT', 'MULTI_VALUE'].find((word) => cursor.at(word));
  if (refused !== undefined) throw unsupported(`${refused === 'MASKING' ? 'MASKING POLICY' : refused} of a tag`);
  if (verb === 'UNSET')
    return cursor.accept('COMMENT')
      ? put((tag) => ({ ...tag, comment: '' }))
      : (cursor.expect('ALLOWED_VALUES'), put((tag) => ({ ...tag, details: omit(tag.details, 'allowed') })));
  if (verb === 'SET' && cursor.at('COMMENT')) {
    const comment = commentOf(cursor);
    return put((tag) => ({ ...tag, comment }));
  }
  const values = allowedValues(cursor);
  if (new Set(values).size < values.length) throw invalid('Duplicate allowed values of a tag.');
  if (verb === 'SET') return allow(() => values);
  return verb === 'ADD'
    ? allow((old) => [...old, ...values.filter((value) => !old.includes(value))])
    : allow((old) => old.filter((value) => !values.includes(value)));
};
