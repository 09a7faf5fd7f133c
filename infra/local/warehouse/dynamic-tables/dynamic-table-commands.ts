import { sizeText } from '../catalog/table-size.ts';
import { clusterText } from '../catalog/cluster-text.ts';
import { rename } from '../catalog/commands/rename.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { alterObject, dropObject, pathIn } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText } from '../catalog/properties.ts';
import { showCommand } from '../catalog/show.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import { integer, status, table as rowsOf, text, timestamp, type Cell, type Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { alterDeclaration } from './alter-declaration.ts';
import { createDynamicTable } from './create-dynamic-table.ts';
import { lagOf, type DynamicTable, type DynamicTableDetails } from './dynamic-table-object.ts';
import { findDynamicTable, readersOf } from './find-dynamic-table.ts';
import { refresherOf } from './refresher.ts';

const SETTABLE = new Set([
  'TARGET_LAG',
  'SCHEDULER',
  'WAREHOUSE',
  'INITIALIZATION_WAREHOUSE',
  'DATA_RETENTION_TIME_IN_DAYS',
  'MAX_DATA_EXTENSION_TIME_IN_DAYS',
  'COMMENT',
]);

const alter = async (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'DYNAMIC', 'TABLE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (ifExists && context.warehouse.catalog.find('DYNAMIC TABLE', path) === undefined)
    return status('Statement executed successfully.');
  if (cursor.at('RENAME')) {
    cursor.expect('RENAME', 'TO');
    return rename(context, cursor, 'DYNAMIC TABLE', path);
  }
  if (cursor.at('CLUSTER') || cursor.at('DROP', 'CLUSTERING') || cursor.at('ALTER') || cursor.at('MODIFY'))
    return alterDeclaration(context, cursor, path);
  const word = cursor.acceptAny(['REFRESH', 'SUSPEND', 'RESUME', 'SET', 'UNSET']);
  if (word === undefined) throw unsupported(`ALTER DYNAMIC TABLE ${cursor.peek().value}`);
  if (word === 'REFRESH') return refresh(context, cursor, path);
  if (word === 'SET' || word === 'UNSET') return set(context, cursor, path, word);
  cursor.finish();
  return suspend(context, path, word === 'SUSPEND' ? context.startedAt.toISOString() : undefined);
};

const refresh = async (context: StatementContext, cursor: Cursor, path: readonly string[]): Promise<Outcome> => {
  cursor.finish();
  const table = findDynamicTable(context, path);
  if (!context.session.access.allows('OPERATE', table)) context.session.access.require('OWNERSHIP', table);
  await context.session.transactions.commit();
  const at = context.warehouse.clock();
  const { action, inserted, deleted } = await refresherOf(context.warehouse).refresh(table, 'MANUAL', at, new Map());
  const statistics =
    action === 'NO_DATA' ? 'No new data' : JSON.stringify({ insertedRows: inserted, deletedRows: deleted });
  return rowsOf([text('statistics'), timestamp('data_timestamp')], [[statistics, at]]);
};

const set = (context: StatementContext, cursor: Cursor, path: readonly string[], word: string): Promise<Outcome> => {
  const properties = word === 'SET' ? parseProperties(cursor) : { [cursor.identifier()]: undefined };
  cursor.finish();
  const other = Object.keys(properties).find((key) => !SETTABLE.has(key));
  if (other !== undefined || (word === 'UNSET' && !('COMMENT' in properties)))
    throw unsupported(`ALTER DYNAMIC TABLE ${word} ${other ?? Object.keys(properties)[0]}`);
  const lag = 'TARGET_LAG' in properties ? propertyText(properties['TARGET_LAG']) : undefined;
  if (lag !== undefined && lagOf(lag) === undefined) throw invalid(`invalid value [${lag}] for parameter 'TARGET_LAG'`);
  return alterObject<DynamicTableDetails>(context, 'DYNAMIC TABLE', path, async (table) => ({
    ...table,
    comment: 'COMMENT' in properties ? propertyText(properties['COMMENT']) : table.comment,
    details: {
      ...table.details,
      ...(lag !== undefined && { lag }),
      ...('SCHEDULER' in properties && {
        scheduler: propertyText(properties['SCHEDULER']) === 'DISABLE' ? 'DISABLE' : 'ENABLE',
      }),
      ...('WAREHOUSE' in properties && { warehouse: propertyText(properties['WAREHOUSE']) }),
      retentionDays: Number(properties['DATA_RETENTION_TIME_IN_DAYS'] ?? table.details.retentionDays),
    },
  }));
};

/** Suspends or resumes a table, and those that read it. */
const suspend = async (
  context: StatementContext,
  path: readonly string[],
  suspendedOn: string | undefined,
): Promise<Outcome> => {
  const table = findDynamicTable(context, path);
  if (!context.session.access.allows('OPERATE', table)) context.session.access.require('OWNERSHIP', table);
  return context.define([], async (_, change) => {
    for (const each of [table, ...readersOf(context.session, table)])
      await change.put({ ...each, details: { ...each.details, suspendedOn } });
    return status('Statement executed successfully.');
  });
};

const drop = (context: StatementContext): Promise<Outcome> => {
  const cursor = context.cursor();
  cursor.expect('DROP', 'DYNAMIC', 'TABLE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  cursor.finish();
  return dropObject(context, 'DYNAMIC TABLE', path, ifExists, async (run, { details }) => {
    await run(`DROP TABLE ${(details as DynamicTableDetails).physical}`);
  });
};

const row = async (object: DynamicTable, { session, warehouse }: StatementContext): Promise<Cell[]> => {
  const { path, createdOn, owner, comment, details } = object;
  const [counted] = await session.duck.rows(
    `SELECT (SELECT count(*) FROM ${details.physical}) AS n, ${sizeText(details)} AS bytes`,
  );
  return [
    new Date(createdOn),
    path[2],
    path[0],
    path[1],
    clusterText(details.clusterBy),
    Number(counted?.['n'] ?? 0),
    Number(counted?.['bytes'] ?? 0),
    owner,
    details.lag,
    details.refreshMode,
    null,
    details.warehouse,
    comment,
    details.text,
    'OFF',
    details.suspendedOn === undefined ? 'ACTIVE' : 'SUSPENDED',
    details.suspendedOn && new Date(details.suspendedOn),
    'false',
    'false',
    'false',
    refresherOf(warehouse).upTo(object),
    'ROLE',
    null,
    details.scheduler,
    null,
  ];
};

/** CREATE, ALTER, DROP and SHOW of dynamic tables; DESCRIBE is that of tables. */
export const dynamicTableCommands: readonly Command[] = [
  createDynamicTable,
  command('ALTER DYNAMIC TABLE', alter),
  command('DROP DYNAMIC TABLE', drop),
  showCommand({
    words: 'DYNAMIC TABLES',
    kinds: ['DYNAMIC TABLE'],
    columns: [
      timestamp('created_on'),
      ...['name', 'database_name', 'schema_name', 'cluster_by'].map((name) => text(name)),
      integer('rows'),
      integer('bytes'),
      ...[
        'owner',
        'target_lag',
        'refresh_mode',
        'refresh_mode_reason',
        'warehouse',
        'comment',
        'text',
        'automatic_clustering',
        'scheduling_state',
      ].map((name) => text(name)),
      timestamp('last_suspended_on'),
      ...['is_clone', 'is_replica', 'is_iceberg'].map((name) => text(name)),
      timestamp('data_timestamp'),
      ...['owner_role_type', 'immutable_where', 'scheduler', 'execute_as_user'].map((name) => text(name)),
    ],
    row: (object, context) => row(object as DynamicTable, context),
  }),
];
