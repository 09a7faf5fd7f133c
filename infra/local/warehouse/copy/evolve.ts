import { alterTable } from '../catalog/commands/alter-table.ts';
import { displayType } from '../catalog/column-types.ts';
import { unsupported } from '../catalog/errors.ts';
import type { DeclaredColumn, TableDetails, TableObject } from '../catalog/object.ts';
import { relationKey } from '../catalog/names.ts';
import type { StatementContext } from '../session/command.ts';
import { Cursor } from '../sql/cursor.ts';
import { displayName, quoteIdentifier } from '../sql/identifier.ts';
import { splitStatements } from '../sql/split.ts';
import type { StagedFile } from '../stages/file-store.ts';
import { inferColumns } from '../stages/infer/infer-files.ts';
import { columnType } from '../stages/infer/template.ts';
import type { CopyPlan } from './copy-plan.ts';

/** How a column came to be, or to take NULL, as SHOW COLUMNS tells it. */
interface Evolution {
  readonly evolutionType: 'ADD_COLUMN' | 'DROP_NOT_NULL';
  readonly evolutionMode: 'COPY' | 'SNOWPIPE';
  readonly fileName: string;
  readonly triggeringTime: string;
  readonly queryId: string;
}

/** Whether a COPY may change its table's columns: the table allows it, names decide, and the role may. */
export const evolves = ({ table, options, transforms }: CopyPlan, { session }: StatementContext): boolean =>
  table.details.evolves === true &&
  options.matchByColumnName !== undefined &&
  options.validation === undefined &&
  !transforms &&
  session.access.allows('EVOLVE SCHEMA', table);

/** Adds the columns that files have and the table has not, and lets be NULL what a file lacks; tells whether anything changed. */
export const evolveTable = async (
  context: StatementContext,
  plan: CopyPlan,
  files: readonly StagedFile[],
): Promise<boolean> => {
  const { table, location, format, options } = plan;
  const found = await inferColumns(context.session.duck, location.store, files, format, Number.POSITIVE_INFINITY);
  const fold = (name: string): string => (options.matchByColumnName === 'CASE_SENSITIVE' ? name : name.toUpperCase());
  const known = new Set(table.details.columns.map(({ name }) => fold(name)));
  const added = new Map<string, DeclaredColumn>();
  const history = new Map<string, Evolution>();
  const note = (name: string, evolutionType: Evolution['evolutionType'], key: string): void => {
    const at = `${context.startedAt.toISOString().replace('T', ' ').slice(0, -1)}000000Z`;
    const fileName = key.slice(location.base.length);
    const { queryId } = context;
    history.set(name, { evolutionType, evolutionMode: 'COPY', fileName, triggeringTime: at, queryId });
  };
  for (const column of found) {
    const name = fold(column.name);
    if (known.has(name) || added.has(name)) continue;
    added.set(name, { name, ...wide(column.type), nullable: true });
    note(name, 'ADD_COLUMN', column.files[0]!);
  }
  const loosened = table.details.columns.filter(({ name, nullable }) => {
    const lacking = files.find(
      ({ key }) => !found.some((one) => fold(one.name) === fold(name) && one.files.includes(key)),
    );
    if (nullable !== false || lacking === undefined) return false;
    note(name, 'DROP_NOT_NULL', lacking.key);
    return true;
  });
  if (history.size === 0) return false;
  if (!context.session.access.allows('OWNERSHIP', table))
    throw unsupported('schema evolution by a role that does not own the table');
  const called = `ALTER TABLE ${displayName(table.path)}`;
  if (added.size > 0)
    await alter(
      context,
      `${called} ADD COLUMN ${[...added.values()].map((one) => `${quoteIdentifier(one.name)} ${displayType(one)}`).join(', ')}`,
    );
  for (const { name } of loosened)
    await alter(context, `${called} ALTER COLUMN ${quoteIdentifier(name)} DROP NOT NULL`);
  await remember(context, table, history);
  return true;
};

// The next file may well have longer numbers than the first one.
const wide = (type: string): ReturnType<typeof columnType> => {
  const own = columnType(type);
  return own.type === 'fixed' ? { ...own, precision: 38 } : own;
};

const alter = async (context: StatementContext, sql: string): Promise<void> => {
  const statement = splitStatements(sql)[0]!;
  await alterTable.run({ ...context, statement, cursor: () => new Cursor(statement.tokens) });
};

const remember = async (
  context: StatementContext,
  { path }: TableObject,
  history: ReadonlyMap<string, Evolution>,
): Promise<void> => {
  const [database, schema, name] = path as [string, string, string];
  await context.define([{ key: relationKey({ database, schema, name }), mode: 'define' }], async (_, change) => {
    const table = context.warehouse.catalog.find('TABLE', path) as TableObject;
    const columns = table.details.columns.map((column) => {
      const evolution = history.get(column.name);
      return evolution === undefined ? column : { ...column, evolution: JSON.stringify(evolution) };
    });
    const details: TableDetails = { ...table.details, columns };
    await change.put({ ...table, details });
    return { columns: [], rows: [], chunks: [], statementType: 0 };
  });
};
