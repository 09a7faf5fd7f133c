import type { Run } from '../../engine/duck.ts';
import type { Transaction } from '../../engine/transaction.ts';
import { answered, type RunOfCalls } from '../../external/answered.ts';
import { command, type Command, type StatementContext } from '../../session/command.ts';
import type { Outcome } from '../../session/outcome.ts';
import type { Cursor } from '../../sql/cursor.ts';
import type { Statement } from '../../sql/split.ts';
import { parseColumn, parseConstraint } from '../column-definition.ts';
import { purge } from './undrop.ts';
import { alterToDeclared } from './create-or-alter.ts';
import { createHead, isTemporary } from '../create-head.ts';
import { unsupported } from '../errors.ts';
import { createObject, pathIn } from '../lifecycle.ts';
import { flagged } from '../keys.ts';
import { type AttachedPolicy, type DeclaredColumn, type Key, type TableDetails, type TableObject } from '../object.ts';
import { checkAttached, parseRowAccess } from '../../policies/attach.ts';
import { copiedTable, findOriginal, tagsOfOriginal } from './copied-table.ts';
import { dropPhysical, makeSequences, physicalName } from '../physical.ts';
import { parseProperties, propertyText, type Property } from '../properties.ts';
import { parseMoment } from '../../time-travel/parse-moment.ts';
import { keepTracking, track } from '../tracking.ts';
import { declared, queried, type TableSource } from '../table-source.ts';
import { templateColumns } from '../../stages/infer/template.ts';
import { createTemporary } from '../temporary.ts';

/** CREATE TABLE in all its forms: columns, AS, LIKE, CLONE; permanent, transient and temporary. */
export const createTable: Command = command('CREATE TABLE', (context) =>
  answered(context, async (calls) => {
    const outcome = await create(context, calls);
    if (context.statement.tokens.some(({ value }) => value === 'CHANGE_TRACKING'))
      await keepTracking(context.warehouse);
    return outcome;
  }),
);

const create = async (context: StatementContext, calls: RunOfCalls): Promise<Outcome> => {
  const cursor = context.cursor();
  const head = createHead(cursor, 'TABLE');
  const path = pathIn(context, head.name);
  const { source, properties, clusterBy, copyGrants, keys, rowAccess, original } = parseBody(
    cursor,
    context,
    calls,
    cursor.accept('USING', 'TEMPLATE')
      ? await templateColumns(context, parenthesised(cursor, context.statement).slice(1, -1))
      : undefined,
  );
  if (head.orAlter) {
    const columns = source.columns;
    if (columns === undefined || head.modifiers.size > 0) throw unsupported('CREATE OR ALTER TABLE in this form');
    const comment = propertyText(properties['COMMENT']);
    if (context.warehouse.catalog.find('TABLE', path))
      return alterToDeclared(context, path, { columns, keys, comment, clusterBy });
  }
  const lifetime = isTemporary(head) ? 'temporary' : head.modifiers.has('TRANSIENT') ? 'transient' : 'permanent';
  const retentionDays = Number(properties['DATA_RETENTION_TIME_IN_DAYS'] ?? 1);
  const tracked = properties['CHANGE_TRACKING'] === true && lifetime !== 'temporary';
  const make = async (run: Run, id: number, transaction: Transaction): Promise<TableDetails> => {
    const physical = physicalName(path, id, lifetime === 'temporary');
    const sequences = await makeSequences(run, physical, source.columns ?? [], await source.counted?.());
    const columns = await source.make(run, physical, sequences, transaction);
    const own = sequences.filter((name) => name !== undefined);
    checkAttached(context, { columns, ...(rowAccess && { rowAccess }) });
    if (tracked) await track(run, { physical, columns });
    return {
      physical,
      columns,
      lifetime,
      tracked,
      retentionDays,
      ...(clusterBy && { clusterBy }),
      ...(properties['ENABLE_SCHEMA_EVOLUTION'] === true && { evolves: true }),
      ...(keys.length > 0 && { keys }),
      ...(rowAccess && { rowAccess }),
      ...(own.length > 0 && { sequences: own }),
    };
  };
  const creation = {
    ...head,
    kind: 'TABLE' as const,
    path,
    copyGrants,
    locks: source.locks,
    comment: propertyText(properties['COMMENT']),
    make,
  };
  return lifetime === 'temporary'
    ? createTemporary(context, creation)
    : createObject<TableDetails>(context, {
        ...creation,
        unmake: async (run, old, change) => {
          await purge(context, path, run, change);
          await dropPhysical(run, old);
        },
        more: tagsOfOriginal(context, original),
      });
};

interface Body {
  readonly source: TableSource;
  readonly properties: Record<string, Property>;
  readonly clusterBy: string | undefined;
  readonly copyGrants: boolean;
  readonly keys: readonly Key[];
  readonly rowAccess: AttachedPolicy | undefined;
  readonly original: TableObject | undefined;
}

const parseBody = (
  cursor: Cursor,
  context: StatementContext,
  calls: RunOfCalls,
  template: readonly DeclaredColumn[] | undefined,
): Body => {
  const copy = cursor.acceptAny(['LIKE', 'CLONE']);
  const original = copy === undefined ? undefined : findOriginal(context, cursor.name());
  const moment = copy === 'CLONE' ? parseMoment(cursor) : undefined;
  const { columns, keys = original?.details.keys ?? [] }: Partial<Columns> =
    copy === undefined && cursor.at('(') ? parseColumns(cursor, context) : template ? { columns: [...template] } : {};
  const properties: Record<string, Property> = {};
  let clusterBy: string | undefined;
  let copyGrants = false;
  let rowAccess = copy === 'CLONE' ? original!.details.rowAccess : undefined;
  for (;;) {
    const own = parseRowAccess(cursor, context);
    if (own !== undefined) rowAccess = own;
    else if (cursor.accept('COPY', 'GRANTS')) copyGrants = true;
    else if (cursor.accept('CLUSTER', 'BY')) clusterBy = parenthesised(cursor, context.statement);
    else {
      const more = parseProperties(cursor);
      if (Object.keys(more).length === 0) break;
      Object.assign(properties, more);
    }
  }
  const refused = Object.keys(properties).find((key) => !KNOWN.has(key));
  if (refused !== undefined) throw unsupported(`${refused} of a table`);
  for (const word of ['WITH', 'ROW', 'TAG']) if (cursor.at(word)) throw unsupported(`${word} in CREATE TABLE`);
  const rest = { properties, clusterBy, copyGrants, keys, rowAccess, original };
  if (cursor.accept('AS'))
    return { ...rest, source: queried(context, remainder(cursor, context.statement), columns, calls) };
  cursor.finish();
  if (original !== undefined)
    return { ...rest, source: copiedTable(context, copy as 'LIKE' | 'CLONE', original, moment) };
  if (columns === undefined || columns.some((column) => typeof column === 'string')) cursor.expect('AS');
  return { ...rest, source: declared(columns as DeclaredColumn[]) };
};

const KNOWN = new Set([
  'COMMENT',
  'DATA_RETENTION_TIME_IN_DAYS',
  'MAX_DATA_EXTENSION_TIME_IN_DAYS',
  'CHANGE_TRACKING',
  'ENABLE_SCHEMA_EVOLUTION',
]);

/** The list of columns and keys in brackets; of a CREATE TABLE AS, names alone will do. */
export const parseColumns = (cursor: Cursor, context: StatementContext): Columns => {
  const columns: (DeclaredColumn | string)[] = [];
  const keys: Key[] = [];
  cursor.list(() => {
    const constraint = parseConstraint(cursor, context);
    if (constraint !== undefined) keys.push(constraint);
    else columns.push([',', ')'].includes(cursor.peek(1).text) ? cursor.identifier() : parseColumn(cursor, context));
  });
  const flag = (column: DeclaredColumn | string): DeclaredColumn | string =>
    typeof column === 'string'
      ? column
      : keys.reduce((one, { kind, columns }) => (columns.includes(one.name) ? flagged(one, kind) : one), column);
  return { columns: columns.map(flag), keys };
};

interface Columns {
  readonly columns: (DeclaredColumn | string)[];
  readonly keys: readonly Key[];
}

/** What is left of the statement, as a statement of its own. */
export const remainder = (cursor: Cursor, { text, tokens }: Statement): Statement => {
  const rest = cursor.rest();
  return { text: text.slice(rest[0]!.start - tokens[0]!.start), tokens: rest };
};

/** What stands in the brackets that come next, with them, as written. */
export const parenthesised = (cursor: Cursor, { text, tokens }: Statement): string => {
  const from = cursor.peek().start;
  let depth = 0;
  do {
    const token = cursor.next();
    if (token.kind === 'end') cursor.expect(')');
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
  } while (depth > 0);
  return text.slice(from - tokens[0]!.start, cursor.peek(-1).end - tokens[0]!.start);
};
