import { createHead } from '../catalog/create-head.ts';
import { invalid, notFound, unsupported } from '../catalog/errors.ts';
import { parenthesised, parseColumns, remainder } from '../catalog/commands/create-table.ts';
import { createObject, pathIn } from '../catalog/lifecycle.ts';
import { physicalName } from '../catalog/physical.ts';
import { parseProperties, propertyText, type Property } from '../catalog/properties.ts';
import { queried } from '../catalog/table-source.ts';
import { answered } from '../external/answered.ts';
import { command, type Command, type StatementContext } from '../session/command.ts';
import type { Outcome } from '../session/outcome.ts';
import type { Cursor } from '../sql/cursor.ts';
import { lagOf, type DynamicTableDetails } from './dynamic-table-object.ts';
import { refresherOf } from './refresher.ts';

const KNOWN = new Set([
  'TARGET_LAG',
  'SCHEDULER',
  'WAREHOUSE',
  'INITIALIZATION_WAREHOUSE',
  'REFRESH_MODE',
  'INITIALIZE',
  'DATA_RETENTION_TIME_IN_DAYS',
  'MAX_DATA_EXTENSION_TIME_IN_DAYS',
  'COMMENT',
]);

/** CREATE DYNAMIC TABLE: the table is made from its query, and filled at once unless INITIALIZE says otherwise. */
export const createDynamicTable: Command = command('CREATE DYNAMIC TABLE', (context) =>
  answered(context, async (calls) => {
    const cursor = context.cursor();
    const head = createHead(cursor, 'DYNAMIC TABLE');
    const path = pathIn(context, head.name);
    if (cursor.at('CLONE')) throw unsupported('CREATE DYNAMIC TABLE CLONE');
    const columns = cursor.at('(') ? parseColumns(cursor, context).columns : undefined;
    const { properties, clusterBy, copyGrants } = parseClauses(cursor, context);
    const query = remainder(cursor, context.statement);
    const settings = settingsOf(properties);
    const warehouse = propertyText(properties['WAREHOUSE']);
    if (context.warehouse.catalog.find('WAREHOUSE', [warehouse]) === undefined)
      throw notFound('WAREHOUSE', [warehouse]);
    const source = queried(context, query, columns, calls);
    if (source.locks.length > 0) throw unsupported('streams in a dynamic table');
    const isFilled = propertyText(properties['INITIALIZE'], 'ON_CREATE').toUpperCase() === 'ON_CREATE';
    const outcome = await createObject<DynamicTableDetails>(context, {
      ...head,
      copyGrants,
      kind: 'DYNAMIC TABLE',
      path,
      comment: propertyText(properties['COMMENT']),
      make: async (run, id, transaction) => {
        const physical = physicalName(path, id, false);
        const made = await source.make(run, physical, [], transaction);
        if (!isFilled) await run(`DELETE FROM ${physical}`);
        return {
          ...settings,
          physical,
          columns: made,
          query: query.text,
          text: context.statement.text,
          warehouse,
          clusterBy,
        };
      },
      unmake: async (run, { details }) => {
        await run(`DROP TABLE ${(details as DynamicTableDetails).physical}`);
      },
    });
    return noted(context, path, isFilled, outcome);
  }),
);

/** What stands between the columns and the query. */
const parseClauses = (
  cursor: Cursor,
  { statement }: StatementContext,
): { properties: Readonly<Record<string, Property>>; clusterBy: string; copyGrants: boolean } => {
  const properties: Record<string, Property> = {};
  let clusterBy = '';
  let copyGrants = false;
  while (!cursor.accept('AS')) {
    if (cursor.accept('COPY', 'GRANTS')) copyGrants = true;
    else if (cursor.accept('CLUSTER', 'BY')) clusterBy = parenthesised(cursor, statement);
    else {
      const more = parseProperties(cursor);
      if (Object.keys(more).length === 0) throw unsupported(`${cursor.peek().value} of a dynamic table`);
      Object.assign(properties, more);
    }
  }
  return { properties, clusterBy, copyGrants };
};

const settingsOf = (
  properties: Readonly<Record<string, Property>>,
): Pick<DynamicTableDetails, 'lag' | 'scheduler' | 'refreshMode' | 'retentionDays' | 'suspendedOn'> => {
  const other = Object.keys(properties).find((key) => !KNOWN.has(key));
  if (other !== undefined) throw unsupported(`${other} of a dynamic table`);
  const scheduler =
    properties['SCHEDULER'] === undefined
      ? undefined
      : propertyText(properties['SCHEDULER']) === 'DISABLE'
        ? 'DISABLE'
        : 'ENABLE';
  const lag = properties['TARGET_LAG'] === undefined ? undefined : propertyText(properties['TARGET_LAG']);
  if (lag === undefined && scheduler !== 'DISABLE') throw invalid('Missing option(s): [TARGET_LAG]');
  if (lag !== undefined && lagOf(lag) === undefined) throw invalid(`invalid value [${lag}] for parameter 'TARGET_LAG'`);
  if (properties['WAREHOUSE'] === undefined) throw invalid('Missing option(s): [WAREHOUSE]');
  const mode = propertyText(properties['REFRESH_MODE'], 'AUTO').toUpperCase();
  if (!['AUTO', 'FULL', 'INCREMENTAL'].includes(mode)) throw unsupported(`REFRESH_MODE = ${mode}`);
  return {
    lag,
    scheduler,
    refreshMode: mode === 'FULL' ? 'FULL' : 'INCREMENTAL',
    retentionDays: Number(properties['DATA_RETENTION_TIME_IN_DAYS'] ?? 1),
    suspendedOn: undefined,
  };
};

const noted = (context: StatementContext, path: readonly string[], isFilled: boolean, outcome: Outcome): Outcome => {
  const made = context.warehouse.catalog.find('DYNAMIC TABLE', path);
  if (made !== undefined) refresherOf(context.warehouse).created(made as never, isFilled, context.startedAt);
  return outcome;
};
