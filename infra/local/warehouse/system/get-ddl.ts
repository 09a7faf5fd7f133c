import { ddlText } from '../catalog/ddl-text.ts';
import { notFound, unsupported } from '../catalog/errors.ts';
import { qualify } from '../catalog/names.ts';
import type { CatalogObject, ObjectKind } from '../catalog/object.ts';
import { namedFunction } from '../functions/named-function.ts';
import type { StatementContext } from '../session/command.ts';
import { Cursor } from '../sql/cursor.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { tokenize } from '../sql/lexer.ts';
import type { SystemFunction } from './system-function.ts';

const KINDS: Readonly<Record<string, ObjectKind>> = {
  DATABASE: 'DATABASE',
  FUNCTION: 'FUNCTION',
  PIPE: 'PIPE',
  PROCEDURE: 'PROCEDURE',
  SCHEMA: 'SCHEMA',
  SEQUENCE: 'SEQUENCE',
  STREAM: 'STREAM',
  TABLE: 'TABLE',
  TASK: 'TASK',
  VIEW: 'VIEW',
  POLICY: 'MASKING POLICY',
};

/** What a schema's text lists, in the order in which it can be run. */
const LISTED: readonly ObjectKind[] = ['SEQUENCE', 'TABLE', 'VIEW', 'FUNCTION', 'PROCEDURE', 'STREAM', 'PIPE', 'TASK'];

/** GET_DDL('kind', 'name' [, full names]): the statement that would create the object anew. */
export const getDdl: SystemFunction = async ([kindArg, nameArg, full], context) => {
  const kind = KINDS[kindArg?.text?.toUpperCase() ?? ''];
  if (kind === undefined) throw unsupported(`GET_DDL of a ${kindArg?.text ?? 'NULL'}`);
  const cursor = new Cursor(tokenize(nameArg?.text ?? ''));
  const object = named(kind, cursor, context);
  return { type: 'text', text: wholeText(object, full?.text === '1', context) };
};

const wholeText = (object: CatalogObject, full: boolean, context: StatementContext): string => {
  const name = (object.details as { name?: string }).name ?? object.path.at(-1)!;
  const place = full ? object.path.slice(0, -1).map(displayIdentifier) : [];
  const quoted = ['FUNCTION', 'PROCEDURE'].includes(object.kind) ? `"${name}"` : displayIdentifier(name);
  const called = [...place, quoted].join('.');
  const { catalog } = context.warehouse;
  const listed = (kinds: readonly ObjectKind[]): CatalogObject[] =>
    kinds.flatMap((kind) => catalog.list(kind, object.path)).filter((one) => context.session.access.visible(one));
  if (object.kind === 'DATABASE')
    return [
      `create or replace database ${called};`,
      ...listed(['SCHEMA']).map((one) => wholeText(one, true, context)),
    ].join('\n\n');
  if (object.kind === 'SCHEMA')
    return [
      `create or replace schema ${called};\n`,
      ...listed(LISTED).map((one) => `${wholeText(one, full, context)}\n`),
    ].join('\n');
  return ddlText(object, called, (policy) => catalog.byId(policy)?.path ?? []);
};

const named = (kind: ObjectKind, cursor: Cursor, context: StatementContext): CatalogObject => {
  const { session, warehouse } = context;
  const path =
    kind === 'FUNCTION' || kind === 'PROCEDURE'
      ? namedFunction(cursor, context).path
      : kind === 'DATABASE'
        ? cursor.name()
        : kind === 'SCHEMA'
          ? schemaPath(cursor.name(), context)
          : qualify(cursor.name(), session);
  cursor.finish();
  const either = kind === 'TABLE' || kind === 'VIEW';
  const found =
    (kind === 'MASKING POLICY' ? warehouse.catalog.find('ROW ACCESS POLICY', path) : undefined) ??
    (either ? session.temporary.get(path.join('\0')) : undefined) ??
    (either ? warehouse.catalog.relation(path) : warehouse.catalog.find(kind, path));
  if (found === undefined || !session.access.visible(found)) throw notFound(kind, path);
  return found;
};

const schemaPath = (name: readonly string[], { session }: StatementContext): string[] =>
  name.length === 1 ? [session.needDatabase(), ...name] : [...name];
