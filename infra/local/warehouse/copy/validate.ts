import { valuesText } from '../catalog/values-text.ts';
import { spelled, spellings } from '../catalog/spelled-names.ts';
import { SnowflakeError, type Relation } from '../contract.ts';
import type { StatementContext } from '../session/command.ts';
import { integer, STATEMENT_TYPE, table, text, type Cell, type Outcome } from '../session/outcome.ts';
import { plainBytes } from '../stages/decompress.ts';
import type { TableFunctionProvider, Warehouse } from '../warehouse.ts';
import type { CopyPlan } from './copy-plan.ts';
import type { FileResult } from './file-result.ts';

const COLUMNS = [
  text('ERROR'),
  text('FILE'),
  integer('LINE'),
  integer('CHARACTER'),
  integer('BYTE_OFFSET'),
  text('CATEGORY'),
  integer('CODE'),
  text('SQL_STATE'),
  text('COLUMN_NAME'),
  integer('ROW_NUMBER'),
  integer('ROW_START_LINE'),
  text('REJECTED_RECORD'),
];

/** Codes of values that are read well and do not fit their column. */
const CONVERSIONS = new Set(['100035', '100037', '100038', '100039', '100040', '100046', '100071', '100078']);
const MOST_STATEMENTS = 100;

interface Load {
  readonly sessionId: number;
  readonly user: string;
  readonly tableId: number;
  readonly rows: readonly (readonly Cell[])[];
}

const loads = new WeakMap<Warehouse, Map<string, Load>>();

/** Keeps what the latest COPY statements could not load, for VALIDATE; of one that ends at an error there is nothing. */
export const keepErrors = async (
  { session, warehouse, queryId }: StatementContext,
  plan: CopyPlan,
  results: readonly FileResult[],
): Promise<void> => {
  const kept = loads.get(warehouse) ?? new Map<string, Load>();
  loads.set(warehouse, kept);
  const rows = plan.transforms ? [] : await rejectedRows(plan, results);
  kept.set(queryId, { sessionId: session.id, user: session.user, tableId: plan.table.id, rows });
  if (kept.size > MOST_STATEMENTS) kept.delete([...kept.keys()][0]!);
};

/** A row for every record that was refused. */
export const rejectedRows = async (plan: CopyPlan, results: readonly FileResult[]): Promise<Cell[][]> => {
  const rows: Cell[][] = [];
  for (const { file, address, allErrors } of results) {
    if (allErrors.length === 0) continue;
    const lines = await linesOf(plan, file.key);
    for (const { message, line, character, code, sqlState, column } of allErrors) {
      const category = CONVERSIONS.has(code) ? 'conversion' : 'parsing';
      rows.push([
        message,
        address,
        line,
        character,
        null,
        category,
        Number(code),
        sqlState,
        column,
        line,
        line,
        lines?.[line - 1],
      ]);
    }
  }
  return rows;
};

/** A file's lines, where each of them is a record. */
const linesOf = async ({ location, format }: CopyPlan, key: string): Promise<string[] | undefined> => {
  if (format.type !== 'CSV' || format.recordDelimiter === undefined) return undefined;
  const parts: Buffer[] = [];
  for await (const part of plainBytes(await location.store.open(key), format)) parts.push(part);
  const lines = Buffer.concat(parts).toString('utf8').split(format.recordDelimiter);
  const { enclosedBy } = format;
  const spans = enclosedBy !== undefined && lines.some((line) => line.split(enclosedBy).length % 2 === 0);
  return spans ? undefined : lines;
};

/** What COPY with a VALIDATION_MODE returns. */
export const validationOutcome = (rows: readonly (readonly Cell[])[]): Outcome =>
  table(COLUMNS, rows, STATEMENT_TYPE.select);

/** VALIDATE(table, JOB_ID => id | '_last'): what a COPY statement of this session's user could not load. */
export const validate: TableFunctionProvider = ([target, job], scope): Relation => {
  const kept = loads.get(scope.warehouse) ?? new Map<string, Load>();
  const [, id = ''] = /^'(.*)'$/.exec(job?.sql ?? '') ?? [];
  const last = [...kept.values()].findLast(({ sessionId }) => sessionId === scope.sessionId);
  const load = id.toLowerCase() === '_last' ? last : kept.get(id);
  if (load === undefined || load.user !== scope.user)
    throw new SnowflakeError('000709', '02000', `Statement ${id} not found`);
  const table = scope.warehouse.catalog.byId(load.tableId);
  const isTarget = table && target ? `${spelled(target.sql)} IN (${spellings(table, scope)})` : 'FALSE';
  const rows = valuesText(COLUMNS, load.rows);
  return {
    database: '',
    schema: '',
    name: 'VALIDATE',
    kind: 'view',
    columns: COLUMNS,
    read: id.toLowerCase() === '_last' ? rows : `(SELECT * FROM ${rows} WHERE ${isTarget})`,
  };
};
