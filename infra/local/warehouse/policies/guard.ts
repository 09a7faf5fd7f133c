import type { NameScope } from '../catalog/name-scope.ts';
import type { AttachedPolicy, CatalogObject } from '../catalog/object.ts';
import { SnowflakeError, type Guard, type Names, type Relation, type Routine } from '../contract.ts';
import { displayIdentifier, quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import { translate } from '../translation/translate.ts';
import { isGuarded, type Guarded, type PolicyObject } from './policy-object.ts';

const RAW = 'RAW';

/** Makes the names that a policy's body is understood by. */
export type NamesInside = (policy: PolicyObject) => Names;

/** A relation as the policies of the table or view behind it let it be seen. */
export const guarded = (
  relation: Relation,
  behind: CatalogObject<Guarded>,
  scope: NameScope,
  namesInside: NamesInside,
): Relation => {
  if (!isGuarded(behind.details)) return relation;
  const pinned = new Map([
    ['sf_database', quoteString(behind.path[0]!)],
    ['sf_schema', quoteString(behind.path[1]!)],
    ...(scope.invoker === undefined ? [] : [['sf_invoker', quoteString(scope.invoker)] as const]),
  ]);
  const routines = new Map<string, Routine>();
  const call = ({ policy, columns }: AttachedPolicy, column?: string): string => {
    const found = scope.warehouse.catalog.byId(policy) as PolicyObject | undefined;
    if (found === undefined) throw gone(column);
    const name = `POLICY_${policy}`;
    if (!routines.has(name)) routines.set(name, { ...found.details, strict: false, names: namesInside(found), pinned });
    return `${name}(${columns.map((each) => `${RAW}.${quoteIdentifier(each)}`).join(', ')})`;
  };
  const { columns, rowAccess } = behind.details;
  const masks = new Map(columns.flatMap(({ name, masking }) => (masking ? [[name, call(masking, name)]] : [])));
  const names = namesOf({ ...relation, database: 'RAW', schema: 'RAW', name: RAW }, routines);
  const guard: Guard = { names, masks, ...(rowAccess && { rows: call(rowAccess) }) };
  return { ...relation, read: readText(relation, guard), guard };
};

/** The rows and values that a guard lets through, as a DuckDB subquery. */
const readText = (relation: Relation, { names, masks, rows }: Guard): string => {
  const items = relation.columns.map(({ name }) => {
    const quoted = quoteIdentifier(name);
    return `${masks.get(name) ?? `${RAW}.${quoted}`} AS ${quoted}`;
  });
  const { statements } = translate(
    `SELECT ${items.join(', ')} FROM ${RAW}${rows === undefined ? '' : ` WHERE ${rows}`}`,
    names,
  );
  const columns = relation.columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  return `(SELECT * FROM (${statements.at(-1)}) AS "guarded"(${columns}))`;
};

/** The guarded relation and its policies: nothing else has a name there. */
const namesOf = (raw: Relation, routines: ReadonlyMap<string, Routine>): Names => ({
  database: undefined,
  schema: undefined,
  relation: ([name]) => (name === RAW ? raw : undefined),
  past: () => undefined,
  routines: ([name]) => [routines.get(name!) ?? []].flat(),
  variable: () => undefined,
  tableFunction: () => undefined,
});

const gone = (column: string | undefined): SnowflakeError =>
  new SnowflakeError(
    '003551',
    '42601',
    column === undefined
      ? 'SQL execution error:\nObject already attached to a row access policy that does not exist. Please contact the policy administrator.'
      : `SQL execution error:\nColumn ${displayIdentifier(column)} already attached to a masking policy that does not exist. Please contact the policy administrator.`,
  );
