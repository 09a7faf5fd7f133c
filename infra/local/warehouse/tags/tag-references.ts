import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import { qualify } from '../catalog/names.ts';
import type { CatalogObject, DeclaredColumn, ObjectKind } from '../catalog/object.ts';
import { valuesText } from '../catalog/values-text.ts';
import { namedArguments } from '../session/named-arguments.ts';
import { text } from '../session/outcome.ts';
import { scopeOf } from '../session/plan.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { literalText } from '../sql/string-literal.ts';
import type { SystemFunction } from '../system/system-function.ts';
import { invalidIdentifier } from '../translation/failures.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { tagsOf } from './tag-object.ts';

const DOMAINS: readonly ObjectKind[] = [
  'DATABASE',
  'SCHEMA',
  'TABLE',
  'WAREHOUSE',
  'ROLE',
  'USER',
  'STAGE',
  'STREAM',
  'TASK',
  'PIPE',
];

interface Target {
  readonly object: CatalogObject;
  readonly column?: DeclaredColumn;
}

/** The object or column of this name and domain; TABLE means all that can be selected from. */
const targetOf = (name: string, domain: string, scope: NameScope): Target => {
  const wanted = domain.toUpperCase();
  const parts = nameParts(name);
  const { catalog } = scope.warehouse;
  const seen = (object: CatalogObject | undefined, kind: ObjectKind, path: readonly string[]): CatalogObject => {
    if (object === undefined || !scope.visible(object)) throw notFound(kind, path);
    return object;
  };
  if (wanted === 'COLUMN') {
    const path = qualify(parts.slice(0, -1), scope);
    const object = seen(catalog.relation(path), 'TABLE', path);
    const { columns } = object.details as { columns: readonly DeclaredColumn[] };
    const column = columns.find((one) => one.name === parts.at(-1));
    if (column === undefined) throw invalidIdentifier(parts.slice(-1));
    return { object, column };
  }
  const kind = DOMAINS.find((one) => one === wanted);
  if (kind === undefined) throw unsupported(`tags of the domain ${wanted}`);
  if (['DATABASE', 'WAREHOUSE', 'ROLE', 'USER'].includes(kind))
    return { object: seen(catalog.find(kind, parts), kind, parts) };
  const path = kind === 'SCHEMA' && parts.length === 1 ? [scope.database ?? '', ...parts] : parts;
  const full = kind === 'SCHEMA' ? path : qualify(parts, scope);
  return { object: seen(kind === 'TABLE' ? catalog.relation(full) : catalog.find(kind, full), kind, full) };
};

const nameParts = (name: string): string[] => {
  const cursor = new Cursor(tokenize(name));
  const parts = cursor.name();
  cursor.finish();
  return parts;
};

/** SYSTEM$GET_TAG('tag', 'object', 'domain'): its value, also where an object around has it; NULL where none has. */
export const getTag: SystemFunction = async ([tag, name, domain], { session, warehouse }) => {
  if (tag?.text == null || name?.text == null || domain?.text == null)
    throw invalid('SYSTEM$GET_TAG takes the name of a tag, of an object and its domain.');
  const scope = scopeOf(session);
  const path = qualify(nameParts(tag.text), scope);
  const wanted = warehouse.catalog.find('TAG', path);
  if (wanted === undefined) throw notFound('TAG', path);
  const { object, column } = targetOf(name.text, domain.text, scope);
  const found = tagsOf(warehouse.catalog, object, column).find((one) => one.tag.id === wanted.id);
  return { type: 'text', text: found?.value ?? null };
};

const COLUMNS = [
  'TAG_DATABASE',
  'TAG_SCHEMA',
  'TAG_NAME',
  'TAG_VALUE',
  'APPLY_METHOD',
  'LEVEL',
  'OBJECT_DATABASE',
  'OBJECT_SCHEMA',
  'OBJECT_NAME',
  'DOMAIN',
  'COLUMN_NAME',
].map((name) => text(name));

/** INFORMATION_SCHEMA.TAG_REFERENCES('object', 'domain'): the object's tags, its own and those of objects around. */
export const tagReferences: TableFunctionProvider = (args, scope) => {
  const given = namedArguments(args, ['OBJECT_NAME', 'OBJECT_DOMAIN']);
  const [name, domain] = ['OBJECT_NAME', 'OBJECT_DOMAIN'].map((key) => {
    const value = literalText(given.get(key) ?? 'NULL');
    if (value === undefined) throw unsupported('TAG_REFERENCES of a name that is no literal');
    return value;
  });
  const { object, column } = targetOf(name!, domain!, scope);
  const rows = tagsOf(scope.warehouse.catalog, object, column).map(({ tag, value, from }) => [
    ...tag.path,
    value,
    from === 'COLUMN' || (from === object && column === undefined) ? 'MANUAL' : 'INHERITED',
    from === 'COLUMN' ? 'COLUMN' : levelOf(from),
    object.path.length > 1 ? object.path[0] : null,
    object.path.length === 3 ? object.path[1] : null,
    object.path.at(-1),
    column === undefined ? levelOf(object) : 'COLUMN',
    column?.name ?? null,
  ]);
  return {
    database: scope.database ?? '',
    schema: 'INFORMATION_SCHEMA',
    name: 'TAG_REFERENCES',
    kind: 'view',
    columns: COLUMNS,
    read: valuesText(COLUMNS, rows),
  };
};

const levelOf = ({ kind }: CatalogObject): string => (kind === 'VIEW' || kind === 'DYNAMIC TABLE' ? 'TABLE' : kind);
