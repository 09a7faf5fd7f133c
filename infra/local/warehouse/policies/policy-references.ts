import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { qualify } from '../catalog/names.ts';
import type { NameScope } from '../catalog/name-scope.ts';
import type { CatalogObject } from '../catalog/object.ts';
import { valuesText } from '../catalog/values-text.ts';
import { namedArguments } from '../session/named-arguments.ts';
import { text, type Cell } from '../session/outcome.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { literalText } from '../sql/string-literal.ts';
import type { TableFunctionProvider } from '../warehouse.ts';
import { attachedTo, POLICY_KINDS, usersOf, type Guarded, type PolicyObject } from './policy-object.ts';

const COLUMNS = [
  text('POLICY_DB'),
  text('POLICY_SCHEMA'),
  text('POLICY_NAME'),
  text('POLICY_KIND'),
  text('REF_DATABASE_NAME'),
  text('REF_SCHEMA_NAME'),
  text('REF_ENTITY_NAME'),
  text('REF_ENTITY_DOMAIN'),
  text('REF_COLUMN_NAME'),
  text('REF_ARG_COLUMN_NAMES'),
  text('TAG_DATABASE'),
  text('TAG_SCHEMA'),
  text('TAG_NAME'),
  text('POLICY_STATUS'),
];

/** INFORMATION_SCHEMA.POLICY_REFERENCES: what a policy is attached to, or which policies are attached to a table or view. */
export const policyReferences: TableFunctionProvider = (args, scope) => {
  const given = namedArguments(args, ['POLICY_NAME']);
  const policy = given.get('POLICY_NAME');
  const [entity, domain] = [given.get('REF_ENTITY_NAME'), given.get('REF_ENTITY_DOMAIN')];
  if (given.has('POLICY_KIND')) throw unsupported('POLICY_REFERENCES with POLICY_KIND');
  if ((policy === undefined) === (entity === undefined) || (entity === undefined) !== (domain === undefined))
    throw invalid('POLICY_REFERENCES takes POLICY_NAME, or REF_ENTITY_NAME with REF_ENTITY_DOMAIN.');
  const rows =
    policy === undefined ? ofEntity(scope, textOf(entity!), textOf(domain!)) : ofPolicy(scope, textOf(policy));
  return {
    database: scope.database ?? '',
    schema: 'INFORMATION_SCHEMA',
    name: 'POLICY_REFERENCES',
    kind: 'view',
    columns: COLUMNS,
    read: valuesText(COLUMNS, rows),
  };
};

/** The text of a literal, which is what names are given as. */
const textOf = (sql: string): string => {
  const text = literalText(sql);
  if (text === undefined) throw unsupported('POLICY_REFERENCES of a name that is no literal');
  return text;
};

const pathOf = (name: string, scope: NameScope): string[] => {
  const cursor = new Cursor(tokenize(name));
  const parts = cursor.name();
  cursor.finish();
  return qualify(parts, scope);
};

const ofPolicy = (scope: NameScope, name: string): Cell[][] => {
  const { catalog } = scope.warehouse;
  const path = pathOf(name, scope);
  const found = POLICY_KINDS.map((kind) => catalog.find(kind, path)).find((one) => one !== undefined);
  if (found === undefined || !scope.visible(found)) throw notFound('OBJECT', path);
  return usersOf(catalog, found.id)
    .filter((object) => scope.visible(object))
    .flatMap((object) => references(scope, object))
    .filter(([database, schema, policy]) => [database, schema, policy].join('\0') === found.path.join('\0'));
};

const DOMAINS = ['TABLE', 'VIEW'];

const ofEntity = (scope: NameScope, name: string, domain: string): Cell[][] => {
  const wanted = domain.toUpperCase();
  if (!DOMAINS.includes(wanted)) throw unsupported(`POLICY_REFERENCES of the domain ${wanted}`);
  const path = pathOf(name, scope);
  const found = scope.temporary(path) ?? scope.warehouse.catalog.relation(path);
  // Views are found as tables too, as Snowflake takes either word for what can be selected from.
  if (found === undefined || !scope.visible(found)) throw notFound(wanted as 'TABLE' | 'VIEW', path);
  return found.kind === 'TABLE' || found.kind === 'VIEW' ? references(scope, found as CatalogObject<Guarded>) : [];
};

const references = ({ warehouse }: NameScope, object: CatalogObject<Guarded>): Cell[][] =>
  attachedTo(object.details).flatMap(({ policy, column, columns }) => {
    const found = warehouse.catalog.byId(policy) as PolicyObject | undefined;
    if (found === undefined) return [];
    const listed = column === undefined ? columns : columns.slice(1);
    return [
      [
        ...found.path,
        found.kind.replaceAll(' ', '_'),
        ...object.path,
        object.kind,
        column ?? null,
        listed.length === 0 ? null : `[ ${listed.map((name) => JSON.stringify(name)).join(', ')} ]`,
        null,
        null,
        null,
        'ACTIVE',
      ],
    ];
  });
