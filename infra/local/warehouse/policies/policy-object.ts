import type { Catalog } from '../catalog/catalog.ts';
import type { ColumnType } from '../catalog/column-types.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import {
  omit,
  type AttachedPolicy,
  type CatalogObject,
  type DeclaredColumn,
  type ObjectKind,
  type ViewDetails,
} from '../catalog/object.ts';
import type { Relation } from '../contract.ts';
import { displayIdentifier } from '../sql/identifier.ts';
import type { Parameter } from '../scripting/procedure-object.ts';

/** The kinds of policies that can stand between a table and its readers. */
export const POLICY_KINDS = ['MASKING POLICY', 'ROW ACCESS POLICY'] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** What a policy's catalog entry holds. */
export interface PolicyDetails {
  readonly parameters: readonly Parameter[];
  readonly returns: ColumnType;
  /** As written. */
  readonly text: string;
  /** As translation reads it: a query stands in parentheses. */
  readonly body: string;
  /** Whether other policies may read the column that it masks. */
  readonly exempt: boolean;
}

export type PolicyObject = CatalogObject<PolicyDetails> & { readonly kind: PolicyKind };

/** What a table or view says of the policies on it. */
export interface Guarded {
  readonly columns: readonly DeclaredColumn[];
  readonly rowAccess?: AttachedPolicy;
}

/** Objects that policies can be attached to. */
const GUARDED: readonly ObjectKind[] = ['TABLE', 'VIEW'];

/** Whether any policy is attached to it. */
export const isGuarded = ({ columns, rowAccess }: Guarded): boolean =>
  rowAccess !== undefined || columns.some(({ masking }) => masking !== undefined);

/** The policies of a table or view, each with the column that it masks. */
export const attachedTo = ({
  columns,
  rowAccess,
}: Guarded): readonly (AttachedPolicy & { readonly column?: string })[] => [
  ...columns.flatMap(({ name, masking }) => (masking ? [{ ...masking, column: name }] : [])),
  ...(rowAccess ? [rowAccess] : []),
];

/** The tables and views that a policy is attached to. */
export const usersOf = (catalog: Catalog, policy: number): CatalogObject<Guarded>[] =>
  GUARDED.flatMap((kind) => catalog.list(kind) as CatalogObject<Guarded>[]).filter(({ details }) =>
    attachedTo(details).some((one) => one.policy === policy),
  );

/** A table as it was, or what changed in it, if its policies can be laid on it: they know columns by name. */
export const sameColumns = (past: Relation, { details }: CatalogObject<Guarded>): Relation => {
  const own = past.columns.filter(({ name }) => !name.startsWith('METADATA$'));
  const same = own.map(({ name }) => name).join('\0') === details.columns.map(({ name }) => name).join('\0');
  if (isGuarded(details) && !same)
    throw unsupported('Time Travel to before a change of columns in a table with policies');
  return past;
};

/** Columns with the masking policies and tags that a table has on those of the same names. */
export const withMasking = (
  columns: readonly DeclaredColumn[],
  { columns: own }: Pick<Guarded, 'columns'>,
): DeclaredColumn[] =>
  columns.map((column) => {
    const { masking, tags } = own.find(({ name }) => name === column.name) ?? {};
    return { ...omit(column, 'masking'), ...(masking && { masking }), ...(tags && { tags }) };
  });

/** A table or view after a column got another name. */
export const renamedColumn = <T extends Guarded>(guarded: T, from: string, to: string): T => {
  const renamed = (attached: AttachedPolicy): AttachedPolicy => ({
    ...attached,
    columns: attached.columns.map((name) => (name === from ? to : name)),
  });
  return {
    ...guarded,
    columns: guarded.columns.map((column) => ({
      ...column,
      ...(column.masking && { masking: renamed(column.masking) }),
    })),
    ...(guarded.rowAccess && { rowAccess: renamed(guarded.rowAccess) }),
  };
};

/** The clone of a table or view with the clones of those policies, and of the table of a materialized one, that were cloned with it. */
export const withOwnReferences = (copy: CatalogObject, ids: ReadonlyMap<number, number>): CatalogObject => {
  if (!GUARDED.includes(copy.kind)) return copy;
  const guarded = copy.details as Guarded & Pick<ViewDetails, 'materialized'>;
  const { materialized } = guarded;
  const own = (attached: AttachedPolicy): AttachedPolicy => ({
    ...attached,
    policy: ids.get(attached.policy) ?? attached.policy,
  });
  const ownTags = (tags: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(Object.entries(tags).map(([tag, value]) => [String(ids.get(Number(tag)) ?? tag), value]));
  const details = {
    ...guarded,
    columns: guarded.columns.map((column) => ({
      ...column,
      ...(column.masking && { masking: own(column.masking) }),
      ...(column.tags && { tags: ownTags(column.tags) }),
    })),
    ...(guarded.rowAccess && { rowAccess: own(guarded.rowAccess) }),
    ...(materialized && { materialized: { ...materialized, base: ids.get(materialized.base) ?? materialized.base } }),
  };
  return { ...copy, details };
};

/** Stops unless these columns can go: none is an argument of a policy that stays. */
export const refuseDropped = ({ columns, rowAccess }: Guarded, gone: readonly string[]): void => {
  const kept = columns.filter(({ name }) => !gone.includes(name)).flatMap(({ masking }) => masking ?? []);
  const used = [...kept, ...(rowAccess ? [rowAccess] : [])].flatMap((attached) => attached.columns);
  const name = gone.find((each) => used.includes(each));
  if (name !== undefined)
    throw invalid(`Column ${displayIdentifier(name)} cannot be dropped, as a policy of the table is attached to it.`);
};
