import { command, type Command, type StatementContext } from '../../session/command.ts';
import { STATEMENT_TYPE, table, integer, text, timestamp, type Cell, type Outcome } from '../../session/outcome.ts';
import { notFound } from '../errors.ts';
import { keysOf } from '../keys.ts';
import { pathIn } from '../lifecycle.ts';
import type { Key, TableObject } from '../object.ts';
import { parseScope } from '../show.ts';

const OWN = [
  timestamp('created_on'),
  ...['database_name', 'schema_name', 'table_name', 'column_name'].map(text),
  integer('key_sequence'),
  ...['constraint_name', 'rely', 'comment'].map(text),
];

const side = (prefix: string) =>
  ['database', 'schema', 'table', 'column'].map((part) => text(`${prefix}_${part}_name`));

const BETWEEN = [
  timestamp('created_on'),
  ...side('pk'),
  ...side('fk'),
  integer('key_sequence'),
  ...['update_rule', 'delete_rule', 'fk_name', 'pk_name', 'deferrability', 'rely', 'comment'].map(text),
];

/** SHOW PRIMARY KEYS, UNIQUE KEYS, IMPORTED KEYS and EXPORTED KEYS. */
export const showKeys: readonly Command[] = [
  command('SHOW PRIMARY KEYS', async (context) => ownKeys(context, 'PRIMARY')),
  command('SHOW UNIQUE KEYS', async (context) => ownKeys(context, 'UNIQUE')),
  command('SHOW IMPORTED KEYS', async (context) => foreignKeys(context, 'IMPORTED')),
  command('SHOW EXPORTED KEYS', async (context) => foreignKeys(context, 'EXPORTED')),
];

const ownKeys = (context: StatementContext, word: 'PRIMARY' | 'UNIQUE'): Outcome => {
  const kind: Key['kind'] = word === 'PRIMARY' ? 'PRIMARY KEY' : 'UNIQUE';
  const rows = tablesIn(context, scopeOf(context, word)).flatMap((object) =>
    keysOf(object)
      .filter((key) => key.kind === kind)
      .flatMap((key) =>
        key.columns.map((column, i): Cell[] => [
          new Date(object.createdOn),
          ...object.path,
          column,
          i + 1,
          key.name,
          'false',
          null,
        ]),
      ),
  );
  return table(OWN, rows, STATEMENT_TYPE.select);
};

const foreignKeys = (context: StatementContext, word: 'IMPORTED' | 'EXPORTED'): Outcome => {
  const scope = scopeOf(context, word);
  const within = (path: readonly string[]): boolean => scope.every((part, i) => path[i] === part);
  const rows = tablesIn(context, word === 'IMPORTED' ? scope : []).flatMap((object) =>
    keysOf(object).flatMap(({ target, columns, name }) => {
      if (target === undefined || (word === 'EXPORTED' && !within(target.path))) return [];
      const referred = context.warehouse.catalog.find('TABLE', target.path) as TableObject | undefined;
      const primary = referred && keysOf(referred).find((key) => key.kind === 'PRIMARY KEY');
      const named = target.columns.length > 0 ? target.columns : (primary?.columns ?? []);
      return columns.map((column, i): Cell[] => [
        new Date(object.createdOn),
        ...target.path,
        named[i] ?? null,
        ...object.path,
        column,
        i + 1,
        'NO ACTION',
        'NO ACTION',
        name,
        primary?.name ?? null,
        'NOT DEFERRABLE',
        'false',
        null,
      ]);
    }),
  );
  return table(BETWEEN, rows, STATEMENT_TYPE.select);
};

/** `IN TABLE t`, `IN t`, or a scope as other SHOW commands have it. */
const scopeOf = (context: StatementContext, word: string): readonly string[] => {
  const cursor = context.cursor();
  cursor.expect('SHOW', word, 'KEYS');
  const isTable =
    cursor.accept('IN', 'TABLE') ||
    (cursor.at('IN') && !['ACCOUNT', 'DATABASE', 'SCHEMA'].includes(cursor.peek(1).value));
  if (!isTable) {
    const scope = parseScope(cursor, context);
    cursor.finish();
    return scope;
  }
  cursor.accept('IN');
  const path = pathIn(context, cursor.name());
  cursor.finish();
  const found = context.warehouse.catalog.find('TABLE', path);
  if (found === undefined || !context.session.access.visible(found)) throw notFound('TABLE', path);
  return path;
};

const tablesIn = ({ session, warehouse }: StatementContext, scope: readonly string[]): TableObject[] =>
  warehouse.catalog.list('TABLE', scope).filter((object) => session.access.visible(object)) as TableObject[];
