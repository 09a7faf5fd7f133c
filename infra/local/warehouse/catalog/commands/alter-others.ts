import { command, type Command, type StatementContext } from '../../session/command.ts';
import { alterGuards, parseGuardChange } from '../../policies/alter-guards.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { invalidIdentifier } from '../../translation/failures.ts';
import { unsupported } from '../errors.ts';
import { alterObject, pathIn } from '../lifecycle.ts';
import type { CatalogObject, ContainerDetails, DeclaredColumn, ObjectKind, ViewDetails } from '../object.ts';
import { parseProperties, propertyText } from '../properties.ts';
import { namedFunction } from '../../functions/named-function.ts';
import { rename } from './rename.ts';

/** ALTER VIEW, SCHEMA and DATABASE, and COMMENT ON. */
export const alterOthers: readonly Command[] = [
  ...(['VIEW', 'SCHEMA', 'DATABASE'] as const).map((kind) =>
    command(`ALTER ${kind}`, (context) => alter(context, kind)),
  ),
  command('COMMENT', async (context) => comment(context)),
];

const alter = async (context: StatementContext, kind: 'VIEW' | 'SCHEMA' | 'DATABASE'): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', kind);
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathOf(context, kind, cursor.name());
  if (ifExists && context.warehouse.catalog.find(kind, path) === undefined)
    return status('Statement executed successfully.');
  const guards = kind === 'VIEW' ? parseGuardChange(cursor, context) : undefined;
  if (guards !== undefined) return alterGuards(context, 'VIEW', path, guards);
  if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, kind, path);
  if (cursor.accept('SWAP', 'WITH')) throw unsupported(`ALTER ${kind} SWAP WITH`);
  if (kind === 'VIEW' && (cursor.at('SET', 'SECURE') || cursor.at('UNSET', 'SECURE'))) {
    const secure = cursor.accept('SET');
    cursor.next();
    return alterObject<ViewDetails>(context, kind, path, async (view) => ({
      ...view,
      details: { ...view.details, secure },
    }));
  }
  if (kind === 'VIEW' && cursor.acceptAny(['ALTER', 'MODIFY']) !== undefined)
    return alterViewColumn(context, cursor, path);
  if (kind !== 'VIEW' && cursor.accept('UNSET', 'DATA_RETENTION_TIME_IN_DAYS')) {
    cursor.finish();
    return alterObject<ContainerDetails>(context, kind, path, async (object) => ({
      ...object,
      details: { ...object.details, retentionDays: 1 },
    }));
  }
  if (cursor.accept('UNSET', 'COMMENT'))
    return alterObject(context, kind, path, async (object) => ({ ...object, comment: '' }));
  cursor.expect('SET');
  const properties = parseProperties(cursor);
  cursor.finish();
  const refused = Object.keys(properties).find(
    (name) =>
      !['COMMENT', 'DATA_RETENTION_TIME_IN_DAYS', 'MAX_DATA_EXTENSION_TIME_IN_DAYS'].includes(name) &&
      !(kind === 'VIEW' && name === 'CHANGE_TRACKING'),
  );
  if (refused !== undefined) throw unsupported(`ALTER ${kind} SET ${refused}`);
  return alterObject<ContainerDetails | ViewDetails>(context, kind, path, async (object) => ({
    ...object,
    comment: propertyText(properties['COMMENT'], object.comment),
    details:
      'retentionDays' in object.details
        ? {
            ...object.details,
            retentionDays: Number(properties['DATA_RETENTION_TIME_IN_DAYS'] ?? object.details.retentionDays),
          }
        : {
            ...object.details,
            ...(properties['CHANGE_TRACKING'] !== undefined && {
              changeTracking: properties['CHANGE_TRACKING'] === true,
            }),
          },
  }));
};

/** ALTER VIEW ... ALTER COLUMN a COMMENT '...', or UNSET COMMENT. */
const alterViewColumn = async (
  context: StatementContext,
  cursor: Cursor,
  path: readonly string[],
): Promise<Outcome> => {
  cursor.accept('COLUMN');
  const name = cursor.identifier();
  const unset = cursor.accept('UNSET', 'COMMENT');
  if (!unset) cursor.expect('COMMENT');
  const text = unset ? '' : cursor.string();
  cursor.finish();
  return alterObject<ViewDetails>(context, 'VIEW', path, async (view) => {
    if (!view.details.columns.some((column) => column.name === name)) throw invalidIdentifier([name]);
    return withComment(view, name, text);
  });
};

const pathOf = (context: StatementContext, kind: ObjectKind, name: readonly string[]): string[] => {
  if (['DATABASE', 'WAREHOUSE', 'ROLE', 'USER', 'INTEGRATION'].includes(kind)) return [...name];
  if (kind === 'SCHEMA') return name.length === 1 ? [context.session.needDatabase(), ...name] : [...name];
  return pathIn(context, name);
};

const COMMENTED: readonly ObjectKind[] = [
  'TABLE',
  'VIEW',
  'SCHEMA',
  'DATABASE',
  'STAGE',
  'FILE FORMAT',
  'PIPE',
  'STREAM',
  'TASK',
  'SEQUENCE',
  'WAREHOUSE',
  'ROLE',
  'USER',
  'INTEGRATION',
  'MASKING POLICY',
  'ROW ACCESS POLICY',
  'TAG',
  'ALERT',
];

const comment = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('COMMENT');
  const ifExists = cursor.accept('IF', 'EXISTS');
  cursor.expect('ON');
  if (cursor.accept('COLUMN')) return commentColumn(context, cursor);
  const routine = (['FUNCTION', 'PROCEDURE'] as const).find((each) => cursor.accept(each));
  const kind = routine ?? COMMENTED.find((each) => cursor.accept(...each.split(' ')));
  if (kind === undefined) throw unexpected(cursor.peek());
  const path = routine ? namedFunction(cursor, context).path : pathOf(context, kind, cursor.name());
  const text = commentText(cursor);
  if (ifExists && context.warehouse.catalog.find(kind, path) === undefined)
    return status('Statement executed successfully.');
  return alterObject(context, kind, path, async (object) => ({ ...object, comment: text }));
};

const commentColumn = async (context: StatementContext, cursor: Cursor): Promise<Outcome> => {
  const parts = cursor.name();
  const text = commentText(cursor);
  const path = pathIn(context, parts.slice(0, -1));
  const kind = context.warehouse.catalog.relation(path)?.kind ?? 'TABLE';
  return alterObject<{ columns: readonly DeclaredColumn[] }>(context, kind, path, async (object) => {
    if (!object.details.columns.some(({ name }) => name === parts.at(-1))) throw invalidIdentifier(parts.slice(-1));
    return withComment(object, parts.at(-1)!, text);
  });
};

const withComment = <D extends { columns: readonly DeclaredColumn[] }>(
  object: CatalogObject<D>,
  name: string,
  text: string,
): CatalogObject<D> => ({
  ...object,
  details: {
    ...object.details,
    columns: object.details.columns.map((column) => (column.name === name ? { ...column, comment: text } : column)),
  },
});

const commentText = (cursor: Cursor): string => {
  cursor.expect('IS');
  const text = cursor.string();
  cursor.finish();
  return text;
};
