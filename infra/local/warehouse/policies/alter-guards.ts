import { notFound } from '../catalog/errors.ts';
import { lockKey } from '../catalog/lifecycle.ts';
import { omit, type CatalogObject, type DeclaredColumn } from '../catalog/object.ts';
import { SnowflakeError } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import { status, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { invalidIdentifier } from '../translation/failures.ts';
import { checkAttached, parseMasking, parseRowAccess, policyNamed, requireApply } from './attach.ts';
import { refuseMaterialized } from '../materialized-views/usable.ts';
import { isGuarded, type Guarded, type PolicyObject } from './policy-object.ts';

/** One change of the policies on a table or view. */
type GuardChange = (object: CatalogObject<Guarded>) => Guarded;

/** Reads what ALTER TABLE and ALTER VIEW change of policies; undefined where they change something else. */
export const parseGuardChange = (cursor: Cursor, context: StatementContext): GuardChange | undefined => {
  const changes: GuardChange[] = [];
  if (cursor.accept('DROP', 'ALL', 'ROW', 'ACCESS', 'POLICIES')) changes.push(dropRows(context, undefined));
  else if (cursor.accept('DROP', 'ROW', 'ACCESS', 'POLICY')) {
    changes.push(dropRows(context, policyNamed(context, 'ROW ACCESS POLICY', cursor.name())));
    if (cursor.accept(',')) changes.push(addRows(cursor, context));
  } else if (cursor.at('ADD', 'ROW', 'ACCESS')) changes.push(addRows(cursor, context));
  else if (masksColumns(cursor)) {
    cursor.next();
    const parenthesised = cursor.accept('(');
    do changes.push(maskColumn(cursor, context));
    while (cursor.accept(','));
    if (parenthesised) cursor.expect(')');
  } else return undefined;
  cursor.finish();
  return (object) => changes.reduce((details, change) => change({ ...object, details }), object.details);
};

const masksColumns = (cursor: Cursor): boolean =>
  (cursor.at('ALTER') || cursor.at('MODIFY')) &&
  cursor
    .rest()
    .some(
      ({ kind, value }, i, tokens) =>
        kind === 'word' && value === 'MASKING' && ['SET', 'UNSET'].includes(tokens[i - 1]?.value ?? ''),
    );

const addRows = (cursor: Cursor, context: StatementContext): GuardChange => {
  cursor.expect('ADD');
  const rowAccess = parseRowAccess(cursor, context);
  if (rowAccess === undefined) cursor.expect('ROW');
  return (object) => {
    requireApply(context, context.warehouse.catalog.byId(rowAccess!.policy) as PolicyObject, object);
    if (object.details.rowAccess !== undefined)
      throw new SnowflakeError(
        '003549',
        '23505',
        `Object ${displayIdentifier(object.path.at(-1)!)} already has a ROW_ACCESS_POLICY. Only one ROW_ACCESS_POLICY is allowed at a time.`,
      );
    return { ...object.details, rowAccess: rowAccess! };
  };
};

const dropRows =
  (context: StatementContext, policy: PolicyObject | undefined): GuardChange =>
  (object) => {
    const { rowAccess } = object.details;
    if (policy !== undefined && rowAccess?.policy !== policy.id)
      throw new SnowflakeError(
        '003550',
        '42601',
        `Any policy of kind ROW_ACCESS_POLICY is not attached to ${object.kind} ${displayIdentifier(object.path.at(-1)!)}.`,
      );
    requireUnset(context, rowAccess?.policy, object);
    return omit(object.details, 'rowAccess');
  };

const maskColumn = (cursor: Cursor, context: StatementContext): GuardChange => {
  cursor.accept('COLUMN');
  const name = cursor.identifier();
  const change = (object: CatalogObject<Guarded>, next: (column: DeclaredColumn) => DeclaredColumn): Guarded => {
    if (!object.details.columns.some((column) => column.name === name)) throw invalidIdentifier([name]);
    const columns = object.details.columns.map((column) => (column.name === name ? next(column) : column));
    return { ...object.details, columns };
  };
  if (cursor.accept('UNSET')) {
    cursor.expect('MASKING', 'POLICY');
    return (object) =>
      change(object, (column) => {
        requireUnset(context, column.masking?.policy, object);
        return omit(column, 'masking');
      });
  }
  cursor.expect('SET');
  const masking = parseMasking(cursor, context, name);
  if (masking === undefined) cursor.expect('MASKING');
  const force = cursor.accept('FORCE');
  return (object) =>
    change(object, (column) => {
      requireApply(context, context.warehouse.catalog.byId(masking!.policy) as PolicyObject, object);
      if (column.masking !== undefined && !force) throw alreadyMasked();
      return { ...column, masking: masking! };
    });
};

const alreadyMasked = (): SnowflakeError =>
  new SnowflakeError(
    '003529',
    '42601',
    'Specified column already attached to another masking policy. A column cannot be attached to multiple masking policies. Please drop the current association in order to attach a new masking policy.',
  );

const requireUnset = (context: StatementContext, policy: number | undefined, object: CatalogObject): void => {
  const found = policy === undefined ? undefined : context.warehouse.catalog.byId(policy);
  if (found !== undefined) requireApply(context, found as PolicyObject, object);
};

/** Puts a table or view with other policies; whoever may apply them need not own it. */
export const alterGuards = async (
  context: StatementContext,
  kind: 'TABLE' | 'VIEW',
  path: readonly string[],
  next: GuardChange,
): Promise<Outcome> => {
  const { session, warehouse } = context;
  const key = path.join('\0');
  const temporary = kind === 'TABLE' ? session.temporary : session.temporaryViews;
  return context.define([{ key: lockKey(kind, path), mode: 'define' }], async (_, change, transaction) => {
    const own = temporary.get(key);
    const found = own ?? warehouse.catalog.relation(path);
    if (found?.kind !== kind || !session.access.visible(found)) throw notFound(kind, path);
    const object = found as CatalogObject<Guarded>;
    const details = next(object);
    if (isGuarded(details)) refuseMaterialized(warehouse.catalog, object);
    checkAttached(context, details);
    if (own === undefined) await change.put({ ...object, details });
    else
      transaction.afterCommit.push(() => {
        temporary.set(key, { ...object, details });
        session.epoch += 1;
      });
    return status('Statement executed successfully.');
  });
};
