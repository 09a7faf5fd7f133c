import { createView } from '../catalog/commands/create-view.ts';
import { parenthesised } from '../catalog/commands/create-table.ts';
import { clusterText } from '../catalog/cluster-text.ts';
import { rename } from '../catalog/commands/rename.ts';
import { invalid, notFound } from '../catalog/errors.ts';
import { alterObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { StatementNames } from '../catalog/names.ts';
import {
  omit,
  type CatalogObject,
  type MaterializedDetails,
  type ViewDetails,
  type ViewObject,
} from '../catalog/object.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { SnowflakeError } from '../contract.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { contextVariables } from '../session/context-variables.ts';
import { integer, status, text, timestamp, type Cell, type Outcome } from '../session/outcome.ts';
import { scopeOf } from '../session/plan.ts';
import { displayName } from '../sql/identifier.ts';
import { translate } from '../translation/translate.ts';
import { invalidReason } from './usable.ts';

const KIND = ['MATERIALIZED', 'VIEW'];

const countRows = async ({ session, warehouse, startedAt }: StatementContext, view: ViewObject): Promise<Cell> => {
  if (invalidReason(warehouse.catalog, view) !== undefined) return null;
  const sql = `SELECT COUNT(*) AS n FROM ${displayName(view.path)}`;
  const { statements } = translate(sql, new StatementNames({ ...scopeOf(session), visible: () => true }));
  const preamble = contextVariables(statements, session, sql, startedAt);
  if (preamble !== undefined) await session.duck.run(preamble);
  const [row] = await session.duck.rows(statements.at(-1)!, []);
  return Number(Object.values(row ?? {})[0] ?? 0);
};

const named = (context: StatementContext, path: readonly string[]): ViewObject => {
  const found = context.warehouse.catalog.relation(path);
  if (found === undefined || !context.session.access.visible(found)) throw notFound('VIEW', path);
  if (found.kind !== 'VIEW' || (found as ViewObject).details.materialized === undefined)
    throw new SnowflakeError(
      '002043',
      '02000',
      `SQL compilation error:\nObject found is of type '${found.kind}', not specified type 'MATERIALIZED_VIEW'.`,
    );
  return found as ViewObject;
};

/** CREATE, ALTER, DROP and SHOW of materialized views: views that may do less, and are as fresh as any other. */
export const materializedViewCommands: readonly Command[] = [
  command('CREATE MATERIALIZED VIEW', (context) => createView(context, true)),
  command('ALTER MATERIALIZED VIEW', (context) => alter(context)),
  command('DROP MATERIALIZED VIEW', async (context) => {
    const cursor = context.cursor();
    cursor.expect('DROP', ...KIND);
    const ifExists = cursor.accept('IF', 'EXISTS');
    const path = pathIn(context, cursor.name());
    cursor.finish();
    if (!ifExists || context.warehouse.catalog.relation(path) !== undefined) named(context, path);
    return dropObject(context, 'VIEW', path, ifExists);
  }),
  showCommand({
    words: 'MATERIALIZED VIEWS',
    kinds: ['VIEW'],
    only: (object) => (object as ViewObject).details.materialized !== undefined,
    columns: [
      timestamp('created_on'),
      ...['name', 'reserved', 'database_name', 'schema_name', 'cluster_by'].map(text),
      integer('rows'),
      integer('bytes'),
      ...['source_database_name', 'source_schema_name', 'source_table_name'].map(text),
      timestamp('refreshed_on'),
      timestamp('compacted_on'),
      ...['owner', 'invalid', 'invalid_reason', 'behind_by', 'comment', 'text', 'is_secure'].map(text),
      ...['automatic_clustering', 'owner_role_type'].map(text),
    ],
    row: async (object, context) => {
      const view = object as ViewObject;
      const { materialized, text: written, secure } = view.details;
      const base = context.warehouse.catalog.byId(materialized!.base);
      const reason = invalidReason(context.warehouse.catalog, view);
      const clustered = materialized!.clusterBy !== undefined;
      return [
        new Date(view.createdOn),
        view.path[2],
        '',
        view.path[0],
        view.path[1],
        clusterText(materialized!.clusterBy),
        await countRows(context, view),
        0,
        ...(base?.path ?? materialized!.basePath),
        context.startedAt,
        null,
        view.owner,
        String(reason !== undefined),
        reason ?? null,
        '0s',
        view.comment,
        written,
        String(secure),
        clustered ? 'ON' : 'OFF',
        'ROLE',
      ];
    },
  }),
];

const alter = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', ...KIND);
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.relation(path) === undefined)
    return status('Statement executed successfully.');
  named(context, path);
  if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'VIEW', path);
  const put = (change: (view: CatalogObject<ViewDetails>) => CatalogObject<ViewDetails>): Promise<Outcome> => {
    cursor.finish();
    return alterObject<ViewDetails>(context, 'VIEW', path, async (view) => change(view));
  };
  const details = (next: Partial<ViewDetails>) => put((view) => ({ ...view, details: { ...view.details, ...next } }));
  const materialized = (next: (details: MaterializedDetails) => MaterializedDetails) =>
    put((view) => ({ ...view, details: { ...view.details, materialized: next(view.details.materialized!) } }));
  if (cursor.accept('CLUSTER', 'BY')) {
    const clusterBy = parenthesised(cursor, context.statement);
    return materialized((one) => ({ ...one, clusterBy }));
  }
  if (cursor.accept('DROP', 'CLUSTERING', 'KEY')) return materialized((one) => omit(one, 'clusterBy'));
  const word = cursor.acceptAny(['SUSPEND', 'RESUME']);
  if (word !== undefined)
    return cursor.accept('RECLUSTER')
      ? materialized((one) => one)
      : materialized((one) => ({ ...one, suspended: word === 'SUSPEND' }));
  if (cursor.accept('UNSET', 'COMMENT')) return put((view) => ({ ...view, comment: '' }));
  const unset = cursor.accept('UNSET');
  if (!unset) cursor.expect('SET');
  if (cursor.accept('SECURE')) return details({ secure: !unset });
  const { COMMENT, ...others } = parseProperties(cursor);
  const [other] = Object.keys(others);
  if (other !== undefined || COMMENT === undefined) throw invalid(`invalid property '${other ?? cursor.peek().text}'`);
  return put((view) => ({ ...view, comment: propertyText(COMMENT) }));
};
