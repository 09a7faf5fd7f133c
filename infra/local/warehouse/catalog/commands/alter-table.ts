import type { Run } from '../../engine/duck.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import { contextVariables } from '../../session/context-variables.ts';
import { alterGuards, parseGuardChange } from '../../policies/alter-guards.ts';
import { status, type Outcome } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { unexpected } from '../../sql/syntax-error.ts';
import { parseConstraint } from '../column-definition.ts';
import { unsupported } from '../errors.ts';
import { alterObject, pathIn } from '../lifecycle.ts';
import { withKey, withoutKeys } from '../keys.ts';
import { omit, type CatalogObject, type Key, type TableDetails } from '../object.ts';
import { parseProperties, propertyText, type Property } from '../properties.ts';
import { rebuild } from '../rebuild.ts';
import { keepTracking, track } from '../tracking.ts';
import { alterColumns, parseAdditions, parseColumnChanges, type Alteration } from './alter-columns.ts';
import { parenthesised } from './create-table.ts';
import { rename, swap } from './rename.ts';

/** ALTER TABLE: columns, names, comment and settings. */
export const alterTable: Command = command('ALTER TABLE', async (context) => {
  const cursor = context.cursor();
  cursor.expect('ALTER', 'TABLE');
  const ifExists = cursor.accept('IF', 'EXISTS');
  const path = pathIn(context, cursor.name());
  if (
    ifExists &&
    context.warehouse.catalog.find('TABLE', path) === undefined &&
    !context.session.temporary.has(path.join('\0'))
  ) {
    return status('Statement executed successfully.');
  }
  const guards = parseGuardChange(cursor, context);
  if (guards !== undefined) return alterGuards(context, 'TABLE', path, guards);
  if (cursor.accept('RENAME', 'TO')) return rename(context, cursor, 'TABLE', path);
  if (cursor.accept('SWAP', 'WITH')) return swap(context, cursor, path);
  if (cursor.at('SET') || cursor.at('UNSET')) return setProperties(context, cursor, path);
  return change(context, path, parseAlteration(cursor, context));
});

const parseAlteration = (cursor: Cursor, context: StatementContext): Alteration => {
  if (cursor.accept('RENAME', 'COLUMN')) {
    const from = cursor.identifier();
    cursor.expect('TO');
    const to = cursor.identifier();
    cursor.finish();
    return alterColumns.rename(from, to);
  }
  if (cursor.accept('ADD')) {
    const key = parseConstraint(cursor, context);
    if (key !== undefined) {
      cursor.finish();
      return async (details, run) => {
        const keyed = withKey(details, key);
        const strict =
          key.kind === 'PRIMARY KEY' &&
          details.columns.some((one) =>
            keyed.columns.some((other) => other.name === one.name && other.nullable !== one.nullable),
          );
        return strict ? rebuild(run, keyed, keyed.columns, ({ name }) => quoteIdentifier(name)) : keyed;
      };
    }
    if (['SEARCH', 'TAG'].some((word) => cursor.at(word))) throw unsupported(`ALTER TABLE ADD ${cursor.peek().value}`);
    return parseAdditions(cursor, context);
  }
  if (cursor.accept('DROP', 'CLUSTERING', 'KEY')) return async (details) => omit(details, 'clusterBy');
  const gone = droppedKeys(cursor);
  if (gone) return async (details, _, table) => withoutKeys({ ...table, details }, gone);
  if (cursor.accept('DROP')) {
    cursor.accept('COLUMN');
    const ifExists = cursor.accept('IF', 'EXISTS');
    const names = [cursor.identifier()];
    while (cursor.accept(',')) names.push(cursor.identifier());
    cursor.finish();
    return alterColumns.drop(names, ifExists);
  }
  if (cursor.acceptAny(['ALTER', 'MODIFY']) !== undefined) return parseColumnChanges(cursor, context);
  if (cursor.acceptAny(['SUSPEND', 'RESUME'])) {
    cursor.expect('RECLUSTER');
    cursor.finish();
    return async (details) => details;
  }
  if (cursor.accept('CLUSTER', 'BY')) {
    const clusterBy = parenthesised(cursor, context.statement);
    cursor.finish();
    return async (details) => ({ ...details, clusterBy });
  }
  throw unexpected(cursor.peek());
};

/** What DROP PRIMARY KEY, UNIQUE (..), FOREIGN KEY (..) and CONSTRAINT take away; undefined for any other DROP. */
const droppedKeys = (cursor: Cursor): ((key: Key) => boolean) | undefined => {
  const kind = (['PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY'] as const).find((words) =>
    cursor.accept('DROP', ...words.split(' ')),
  );
  const name = kind === undefined && cursor.accept('DROP', 'CONSTRAINT') ? cursor.identifier() : undefined;
  if (kind === undefined && name === undefined) return undefined;
  const columns = kind !== undefined && cursor.at('(') ? cursor.list(() => cursor.identifier()) : undefined;
  cursor.acceptAny(['CASCADE', 'RESTRICT']);
  cursor.finish();
  return (key) =>
    name === undefined
      ? key.kind === kind && (columns === undefined || columns.join('\0') === key.columns.join('\0'))
      : key.name === name;
};

const change = async (context: StatementContext, path: readonly string[], alteration: Alteration): Promise<Outcome> => {
  const { session } = context;
  const key = path.join('\0');
  const temporary = session.temporary.get(key) as CatalogObject<TableDetails> | undefined;
  if (temporary === undefined) {
    return alterObject<TableDetails>(context, 'TABLE', path, async (table, run) => ({
      ...table,
      details: await apply(context, alteration, table, run),
    }));
  }
  return context.define([], async (run, _, transaction) => {
    const details = await apply(context, alteration, temporary, run);
    transaction.afterCommit.push(() => {
      session.temporary.set(key, { ...temporary, details });
      session.epoch += 1;
    });
    return status('Statement executed successfully.');
  });
};

const apply = async (
  context: StatementContext,
  alteration: Alteration,
  table: CatalogObject<TableDetails>,
  run: Run,
): Promise<TableDetails> => {
  const { session, statement, startedAt } = context;
  return alteration(
    table.details,
    async (sql, values) => {
      const preamble = contextVariables([sql], session, statement.text, startedAt);
      if (preamble !== undefined) await run(preamble);
      return run(sql, values);
    },
    table,
  );
};

/** What the properties are that UNSET names: their defaults. */
const unsetProperties = (cursor: Cursor): Record<string, Property> => {
  const properties: Record<string, Property> = {};
  do {
    const name = cursor.identifier();
    properties[name] = { COMMENT: '', DATA_RETENTION_TIME_IN_DAYS: 1 }[name] ?? false;
  } while (cursor.accept(','));
  return properties;
};

const setProperties = async (context: StatementContext, cursor: Cursor, path: readonly string[]): Promise<Outcome> => {
  const unset = !cursor.accept('SET') && cursor.accept('UNSET');
  if (cursor.at('TAG')) throw unsupported('tags');
  const properties = unset ? unsetProperties(cursor) : parseProperties(cursor);
  cursor.finish();
  const refused = Object.keys(properties).find(
    (name) =>
      ![
        'COMMENT',
        'DATA_RETENTION_TIME_IN_DAYS',
        'MAX_DATA_EXTENSION_TIME_IN_DAYS',
        'CHANGE_TRACKING',
        'ENABLE_SCHEMA_EVOLUTION',
      ].includes(name),
  );
  if (refused !== undefined) throw unsupported(`${refused} of a table`);
  const outcome = await alterObject<TableDetails>(context, 'TABLE', path, async (table, run) => {
    const tracks = properties['CHANGE_TRACKING'] === true;
    if (tracks && !table.details.tracked) await track(run, table.details);
    return {
      ...table,
      comment: propertyText(properties['COMMENT'], table.comment),
      details: {
        ...table.details,
        tracked: table.details.tracked || tracks,
        ...('ENABLE_SCHEMA_EVOLUTION' in properties && { evolves: properties['ENABLE_SCHEMA_EVOLUTION'] === true }),
        retentionDays: Number(properties['DATA_RETENTION_TIME_IN_DAYS'] ?? table.details.retentionDays),
      },
    };
  });
  if ('CHANGE_TRACKING' in properties) await keepTracking(context.warehouse);
  return outcome;
};
