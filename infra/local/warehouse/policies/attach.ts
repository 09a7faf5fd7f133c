import { displayType } from '../catalog/column-types.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import type { AttachedPolicy, CatalogObject } from '../catalog/object.ts';
import { qualify } from '../catalog/names.ts';
import { SnowflakeError } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import type { Cursor } from '../sql/cursor.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import { invalidIdentifier } from '../translation/failures.ts';
import { attachedTo, type Guarded, type PolicyKind, type PolicyObject } from './policy-object.ts';

/** Reads `MASKING POLICY p [USING (a, b)]` behind a column, if it comes next. */
export const parseMasking = (cursor: Cursor, context: StatementContext, column: string): AttachedPolicy | undefined => {
  if (!cursor.accept('WITH', 'MASKING', 'POLICY') && !cursor.accept('MASKING', 'POLICY')) return undefined;
  const policy = policyNamed(context, 'MASKING POLICY', cursor.name());
  const columns = cursor.accept('USING') ? cursor.list(() => cursor.identifier()) : [column];
  if (columns[0] !== column)
    throw invalid(`The first column of USING must be ${displayIdentifier(column)}, which the policy is set on.`);
  return { policy: policy.id, columns };
};

/** Reads `ROW ACCESS POLICY p ON (a, b)`, if it comes next. */
export const parseRowAccess = (cursor: Cursor, context: StatementContext): AttachedPolicy | undefined => {
  if (!cursor.accept('WITH', 'ROW', 'ACCESS', 'POLICY') && !cursor.accept('ROW', 'ACCESS', 'POLICY')) return undefined;
  const policy = policyNamed(context, 'ROW ACCESS POLICY', cursor.name());
  cursor.expect('ON');
  return { policy: policy.id, columns: cursor.list(() => cursor.identifier()) };
};

/** The policy of this name that the session sees. */
export const policyNamed = (
  { session, warehouse }: StatementContext,
  kind: PolicyKind,
  name: readonly string[],
): PolicyObject => {
  const path = qualify(name, session);
  const found = warehouse.catalog.find(kind, path);
  if (found === undefined || !(session.access.visible(found) || session.access.onAccount(`APPLY ${kind}`)))
    throw notFound(kind, path);
  return found as PolicyObject;
};

/** Stops unless the role may set or unset a policy on this object, or on any if that is new. */
export const requireApply = (
  { session: { access } }: StatementContext,
  policy: PolicyObject,
  object?: CatalogObject,
): void => {
  if (access.onAccount(`APPLY ${policy.kind}`)) return;
  access.require('APPLY', policy);
  if (object !== undefined) access.require('OWNERSHIP', object);
};

/** Stops unless every policy fits the columns that it is given. */
export const checkAttached = (context: StatementContext, guarded: Guarded): void => {
  for (const { policy, column, columns } of attachedTo(guarded)) {
    const found = context.warehouse.catalog.byId(policy) as PolicyObject | undefined;
    if (found === undefined) continue;
    const { parameters } = found.details;
    if (columns.length !== parameters.length)
      throw invalid(
        `Policy ${displayIdentifier(found.path[2]!)} takes ${parameters.length} columns, not ${columns.length}.`,
      );
    for (const [i, name] of columns.entries()) {
      const own = guarded.columns.find((one) => one.name === name);
      if (own === undefined) throw invalidIdentifier([name]);
      const { type } = parameters[i]!;
      if (own.type !== type.type)
        throw mismatch(`${displayType(own)} does not match with ${words(found)} data type ${type.type.toUpperCase()}`);
      if (column === name && (own.scale ?? 0) > (type.scale ?? 0))
        throw unsupported(`a masking policy of ${displayType(type)} on a column of ${displayType(own)}`);
      if (column !== name) refuseMasked(context, guarded, name, policy);
    }
  }
};

/** A column that one policy masks is no argument of another one, unless that policy allows it. */
const refuseMasked = ({ warehouse }: StatementContext, { columns }: Guarded, name: string, other: number): void => {
  const masking = columns.find((column) => column.name === name)?.masking;
  const found = masking && (warehouse.catalog.byId(masking.policy) as PolicyObject | undefined);
  if (found === undefined || found.id === other || found.details.exempt) return;
  throw invalid(
    `Column ${displayIdentifier(name)} cannot be an argument of a policy, as it is masked by policy ${displayIdentifier(found.path[2]!)}.`,
  );
};

const words = ({ kind }: PolicyObject): string => kind.toLowerCase();

const mismatch = (what: string): SnowflakeError =>
  new SnowflakeError('003507', '42601', `SQL compilation error:\nCOLUMN data type ${what}.`);
