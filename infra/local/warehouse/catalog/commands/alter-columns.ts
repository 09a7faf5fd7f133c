import { SnowflakeError } from '../../contract.ts';
import type { Run } from '../../engine/duck.ts';
import type { StatementContext } from '../../session/command.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { displayIdentifier, quoteIdentifier } from '../../sql/identifier.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { parseDefault } from '../column-default.ts';
import { checkColumnNames, parseColumn } from '../column-definition.ts';
import { displayType, duckType, parseColumnType, type ColumnType } from '../column-types.ts';
import { invalid, unsupported } from '../errors.ts';
import { omit, type CatalogObject, type DeclaredColumn, type TableDetails } from '../object.ts';
import { checkAttached } from '../../policies/attach.ts';
import { refuseDropped, renamedColumn } from '../../policies/policy-object.ts';
import { alterInPlace, rebuild } from '../rebuild.ts';

/** One change of a table: alters the physical table, and returns what the catalog is to say of it. */
export type Alteration = (details: TableDetails, run: Run, table: CatalogObject<TableDetails>) => Promise<TableDetails>;

/** Changes of columns that need no parsing of their own. */
export const alterColumns = {
  rename:
    (from: string, to: string): Alteration =>
    async (details, run) => {
      columnNamed(details.columns, from);
      const columns = details.columns.map((column) => (column.name === from ? { ...column, name: to } : column));
      checkColumnNames(columns);
      await alterInPlace(run, details, `RENAME COLUMN ${quoteIdentifier(from)} TO ${quoteIdentifier(to)}`);
      return renamedColumn({ ...details, columns }, from, to);
    },
  drop:
    (names: readonly string[], ifExists: boolean): Alteration =>
    async (details, run) => {
      const gone = names.filter((name) => !ifExists || details.columns.some((column) => column.name === name));
      for (const name of gone) columnNamed(details.columns, name);
      refuseDropped(details, gone);
      const columns = details.columns.filter(({ name }) => !gone.includes(name));
      if (columns.length === 0) throw invalid('Cannot drop all columns of a table.');
      if (gone.length > 1) return rebuild(run, details, columns, ({ name }) => quoteIdentifier(name));
      if (gone.length === 1) await alterInPlace(run, details, `DROP COLUMN ${quoteIdentifier(gone[0]!)}`);
      return { ...details, columns };
    },
} as const;

/** Reads what stands after ADD: one or more columns. */
export const parseAdditions = (cursor: Cursor, context: StatementContext): Alteration => {
  cursor.accept('COLUMN');
  const added: { column: DeclaredColumn; ifNotExists: boolean }[] = [];
  do {
    cursor.accept('COLUMN');
    const ifNotExists = cursor.accept('IF', 'NOT', 'EXISTS');
    added.push({ column: parseColumn(cursor, context), ifNotExists });
  } while (cursor.accept(','));
  cursor.finish();
  return async (details, run) => {
    const fresh = added
      .filter(({ column, ifNotExists }) => !ifNotExists || !details.columns.some(({ name }) => name === column.name))
      .map(({ column }) => column);
    const columns = [...details.columns, ...fresh];
    checkColumnNames(columns);
    checkAttached(context, { ...details, columns });
    const [only] = fresh;
    if (only === undefined) return details;
    if (fresh.some(({ autoincrement }) => autoincrement !== undefined))
      throw unsupported('ALTER TABLE ADD of an AUTOINCREMENT column');
    if (fresh.length > 1 || only.nullable === false)
      return rebuild(run, details, columns, (column) =>
        fresh.includes(column) ? (column.defaultSql ?? 'NULL') : quoteIdentifier(column.name),
      );
    const byDefault = only.defaultSql === undefined ? '' : ` DEFAULT (${only.defaultSql})`;
    await alterInPlace(run, details, `ADD COLUMN ${quoteIdentifier(only.name)} ${duckType(only)}${byDefault}`);
    return { ...details, columns };
  };
};

/** Reads what stands after ALTER or MODIFY: changes of columns, with or without parentheses around them. */
export const parseColumnChanges = (cursor: Cursor, context: StatementContext): Alteration => {
  const changes: Alteration[] = [];
  const parenthesised = cursor.accept('(');
  do changes.push(parseColumnChange(cursor, context));
  while (cursor.accept(','));
  if (parenthesised) cursor.expect(')');
  cursor.finish();
  return async (details, run, table) => {
    if (changes.length === 1) return changes[0]!(details, run, table);
    let changed = details;
    for (const change of changes) changed = await change(changed, () => run('SELECT 1'), table);
    return rebuild(run, details, changed.columns, ({ name }) => quoteIdentifier(name));
  };
};

const parseColumnChange = (cursor: Cursor, context: StatementContext): Alteration => {
  cursor.accept('COLUMN');
  const name = cursor.identifier();
  if (cursor.accept('COMMENT')) {
    const comment = cursor.string();
    return put(name, (column) => ({ ...column, comment }));
  }
  if (cursor.accept('UNSET', 'COMMENT')) return put(name, (column) => omit(column, 'comment'));
  if (cursor.accept('DROP', 'DEFAULT'))
    return put(name, (column) => omit(omit(column, 'defaultText'), 'defaultSql'), 'DROP DEFAULT');
  if (cursor.accept('DROP', 'NOT', 'NULL'))
    return put(name, (column) => ({ ...column, nullable: true }), 'DROP NOT NULL');
  const set = cursor.accept('SET');
  if (cursor.accept('NOT', 'NULL')) return setNotNull(name);
  if (set && cursor.accept('DEFAULT')) return setDefault(name, parseDefault(cursor, context, SEQUENCED));
  if (set && (cursor.at('TAG') || cursor.at('PROJECTION')))
    throw unsupported(`ALTER COLUMN SET ${cursor.peek().value}`);
  if (set) cursor.expect('DATA');
  if (!set && cursor.peek().kind !== 'word') throw unexpected(cursor.peek());
  cursor.accept('TYPE');
  return retype(name, parseColumnType(cursor));
};

/** What numbers of a sequence are kept as. */
const SEQUENCED: DeclaredColumn = { name: '', type: 'fixed', precision: 38, scale: 0, nullable: true };

/** Snowflake takes no other new default than another sequence's next number. */
const setDefault = (name: string, given: { defaultText: string; defaultSql: string }): Alteration => {
  if (!given.defaultText.endsWith('.NEXTVAL')) throw unsupported('Alter Column Set Default');
  return put(name, (column) => ({ ...column, ...given }), `SET DEFAULT (${given.defaultSql})`);
};

const setNotNull =
  (name: string): Alteration =>
  async (details, run, table) => {
    if (details.columns.some((column) => column.name === name)) await checkNoNull(run, details, name);
    return put(name, (column) => ({ ...column, nullable: false }), 'SET NOT NULL')(details, run, table);
  };

/** Stops unless all rows of a table have a value in the column. */
export const checkNoNull = async (run: Run, { physical }: TableDetails, name: string): Promise<void> => {
  const column = quoteIdentifier(name);
  const { rowCount } = await run(`SELECT 1 FROM ${physical} WHERE ${column} IS NULL LIMIT 1`);
  if (rowCount > 0)
    throw new SnowflakeError(
      '001471',
      '42601',
      `SQL compilation error:\nColumn '${displayIdentifier(name)}' contains null values. Not null constraint cannot be added.`,
    );
};

const put =
  (name: string, next: (column: DeclaredColumn) => DeclaredColumn, action?: string): Alteration =>
  async (details, run) => {
    columnNamed(details.columns, name);
    if (action !== undefined)
      await run(`ALTER TABLE ${details.physical} ALTER COLUMN ${quoteIdentifier(name)} ${action}`);
    return { ...details, columns: details.columns.map((column) => (column.name === name ? next(column) : column)) };
  };

/** Stops unless a column may become of this type: the same one, and wider; a number may get fewer digits if all values have them. */
export const retyped = (old: DeclaredColumn, type: DeclaredColumn): void => {
  const narrower = old.type === 'text' && type.type === 'text' && (type.length ?? 0) < (old.length ?? 0);
  const widens =
    old.type === type.type && (type.length ?? 0) >= (old.length ?? 0) && (type.scale ?? 0) === (old.scale ?? 0);
  if (!widens)
    throw new SnowflakeError(
      '002108',
      '22000',
      `SQL compilation error:\ncannot change column ${displayIdentifier(old.name)} from type ${displayType(old)} to ${displayType(type)}${narrower ? ' because reducing the byte-length of a varchar is not supported.' : ''}`,
    );
};

const retype =
  (name: string, type: ColumnType): Alteration =>
  async (details, run) => {
    const old = columnNamed(details.columns, name);
    retyped(old, { ...old, ...type });
    if (duckType(old) !== duckType(type))
      await alterInPlace(run, details, `ALTER COLUMN ${quoteIdentifier(name)} TYPE ${duckType(type)}`);
    return {
      ...details,
      columns: details.columns.map((column) => (column.name === name ? { ...column, ...type } : column)),
    };
  };

const columnNamed = (columns: readonly DeclaredColumn[], name: string): DeclaredColumn => {
  const found = columns.find((column) => column.name === name);
  if (found === undefined)
    throw new SnowflakeError(
      '000904',
      '42000',
      `SQL compilation error:\ninvalid identifier '${displayIdentifier(name)}'`,
    );
  return found;
};
