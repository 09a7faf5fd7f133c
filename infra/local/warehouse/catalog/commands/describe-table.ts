import type { Command, StatementContext } from '../../session/command.ts';
import { scopeOf } from '../../session/plan.ts';
import { STATEMENT_TYPE, table, text, type Cell, type Outcome } from '../../session/outcome.ts';
import { displayName } from '../../sql/identifier.ts';
import { displayType } from '../column-types.ts';
import { notFound, unsupported } from '../errors.ts';
import { pathIn } from '../lifecycle.ts';
import type { CatalogObject, DeclaredColumn, TableDetails } from '../object.ts';

const COLUMNS = [
  'name',
  'type',
  'kind',
  'null?',
  'default',
  'primary key',
  'unique key',
  'check',
  'expression',
  'comment',
  'policy name',
  'privacy domain',
].map(text);

/** DESCRIBE TABLE and DESCRIBE VIEW. */
export const describeRelations: readonly Command[] = (
  ['TABLE', 'VIEW', 'MATERIALIZED VIEW', 'DYNAMIC TABLE'] as const
).map((kind) => ({
  matches: ([verb, ...what]) =>
    (verb === 'DESCRIBE' || verb === 'DESC') && kind.split(' ').every((word, i) => what[i] === word),
  run: async (context) => describe(context, kind),
}));

const describe = async (
  context: StatementContext,
  kind: 'TABLE' | 'VIEW' | 'MATERIALIZED VIEW' | 'DYNAMIC TABLE',
): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.next();
  cursor.expect(...kind.split(' '));
  const path = pathIn(context, cursor.name());
  if (cursor.accept('TYPE', '=') && !cursor.accept('COLUMNS')) throw unsupported('DESCRIBE TABLE TYPE = STAGE');
  cursor.finish();
  const object = findRelation(context, path);
  const system = object === undefined ? context.warehouse.virtualRelation(path, scopeOf(context.session)) : undefined;
  if (object === undefined && system === undefined) throw notFound(kind === 'MATERIALIZED VIEW' ? 'VIEW' : kind, path);
  const { columns, evolves } = (object?.details ?? system) as Pick<TableDetails, 'columns' | 'evolves'>;
  return table(
    evolves ? [...COLUMNS, text('schema_evolution_record')] : COLUMNS,
    columns.map((column) => [
      ...row(column, policyName(context, column)),
      ...(evolves ? [column.evolution ?? null] : []),
    ]),
    STATEMENT_TYPE.select,
  );
};

const policyName = ({ warehouse }: StatementContext, { masking }: DeclaredColumn): string | null =>
  masking === undefined ? null : displayName(warehouse.catalog.byId(masking.policy)?.path ?? []);

const row = (column: DeclaredColumn, policy: string | null): Cell[] => [
  column.name,
  displayType(column),
  'COLUMN',
  column.nullable === false ? 'N' : 'Y',
  column.autoincrement
    ? `IDENTITY START ${column.autoincrement.start} INCREMENT ${column.autoincrement.step} NOORDER`
    : (column.defaultText ?? null),
  column.primaryKey ? 'Y' : 'N',
  column.unique ? 'Y' : 'N',
  null,
  null,
  column.comment ?? null,
  policy,
  null,
];

/** The table or view of this name that the session sees: its own temporary one first. */
export const findRelation = (
  { session, warehouse }: StatementContext,
  path: readonly string[],
): CatalogObject | undefined => {
  const key = path.join('\0');
  const found = session.temporary.get(key) ?? session.temporaryViews.get(key) ?? warehouse.catalog.relation(path);
  return found !== undefined && session.access.visible(found) ? found : undefined;
};
