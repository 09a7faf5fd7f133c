import type { AlertDetails } from '../../alerts/alert-object.ts';
import type { DynamicTableDetails } from '../../dynamic-tables/dynamic-table-object.ts';
import type { Run } from '../../engine/duck.ts';
import type { Transaction } from '../../engine/transaction.ts';
import type { StatementContext } from '../../session/command.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { clonePipe } from '../../pipes/clone-pipe.ts';
import type { PipeObject } from '../../pipes/pipe-object.ts';
import { cloneStream } from '../../streams/clone-stream.ts';
import type { StreamObject } from '../../streams/stream-object.ts';
import { notFound } from '../errors.ts';
import type {
  CatalogObject,
  DeclaredColumn,
  KeyTarget,
  SequenceDetails,
  TableDetails,
  TableObject,
} from '../object.ts';
import { makeSequences, physicalName, sequenceSql } from '../physical.ts';
import { tagCopies } from '../../tags/tag-object.ts';
import { withOwnReferences } from '../../policies/policy-object.ts';
import { cloned, lastValue } from '../table-source.ts';

/** Makes the copies of all that is in a database or schema, with the rows of its tables; the catalog does not have them yet. */
type MakeCopies = (run: Run, transaction: Transaction) => Promise<CatalogObject[]>;

/** What CREATE DATABASE or SCHEMA … CLONE puts into the new one. Internal stages are left out, and tasks are suspended, as in Snowflake. */
export const cloneContents = (
  context: StatementContext,
  kind: 'DATABASE' | 'SCHEMA',
  source: readonly string[],
  target: readonly string[],
): MakeCopies => {
  const { warehouse, session, startedAt } = context;
  const { catalog } = warehouse;
  const container = catalog.find(kind, source);
  if (container === undefined || !session.access.visible(container)) throw notFound(kind, source);
  session.access.require('USAGE', container);
  return async (run, transaction) => {
    const contents = catalog.contents(source).sort((a, b) => rank(a) - rank(b) || a.id - b.id);
    const moved = (path: readonly string[]): readonly string[] =>
      source.every((part, i) => path[i] === part) ? [...target, ...path.slice(source.length)] : path;
    const sequences = new Map<string, string>();
    const copies: CatalogObject[] = [];
    const ids = new Map<number, number>();
    const tables = new Map<number, { path: readonly string[]; id: number; details: unknown }>();
    for (const object of contents) {
      if (LEFT_OUT(object)) continue;
      const id = await warehouse.space.numbers.take();
      const path = moved(object.path);
      const copy = { ...object, id, path, createdOn: startedAt.toISOString() };
      if (object.kind === 'SCHEMA') await run(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(path.join('.'))}`);
      else if (object.kind === 'SEQUENCE') {
        const details = object.details as SequenceDetails;
        const physical = physicalName(path, id, false);
        const last = await lastValue(session.duck, details.physical);
        await run(sequenceSql(physical, last === undefined ? details.start : last + details.step, details.step));
        sequences.set(quoted(details.physical), quoted(physical));
        copy.details = { ...details, physical } satisfies SequenceDetails;
      } else if (object.kind === 'TABLE') {
        copy.details = await cloneTable(context, object as TableObject, path, id, run, transaction, {
          moved,
          sequences,
        });
        tables.set(object.id, copy);
      } else if (object.kind === 'STREAM') {
        const stream = object as StreamObject;
        copy.details = await cloneStream(run, transaction, stream, id, tables, warehouse.clock());
      } else if (object.kind === 'PIPE') {
        copy.details = await clonePipe(run, warehouse, object as PipeObject, id);
        if (copy.details === undefined) continue;
      } else if (object.kind === 'DYNAMIC TABLE') {
        const details = object.details as DynamicTableDetails;
        const physical = physicalName(path, id, false);
        await run(`CREATE TABLE ${physical} AS FROM ${details.physical}`);
        copy.details = { ...details, physical, suspendedOn: copy.createdOn } satisfies DynamicTableDetails;
      } else if (object.kind === 'ALERT')
        copy.details = { ...(object.details as AlertDetails), started: false } satisfies AlertDetails;
      else if (object.kind === 'TASK') copy.details = suspended(object.details as TaskDetails, moved);
      copies.push(copy);
      ids.set(object.id, id);
    }
    return [...copies.map((copy) => withOwnReferences(copy, ids)), ...(await tagCopies(warehouse, ids))];
  };
};

const LEFT_OUT = ({ kind, details }: CatalogObject): boolean =>
  kind.startsWith('DROPPED') || (kind === 'STAGE' && (details as { url?: string }).url === undefined);

const ORDER = ['SCHEMA', 'SEQUENCE', 'TABLE'];
const rank = ({ kind }: CatalogObject): number => (ORDER.includes(kind) ? ORDER.indexOf(kind) : ORDER.length);

const quoted = (physical: string): string => physical.replaceAll("'", "''");

type Move = (path: readonly string[]) => readonly string[];

const cloneTable = async (
  { session }: StatementContext,
  table: TableObject,
  path: readonly string[],
  id: number,
  run: Run,
  transaction: Transaction,
  { moved, sequences }: { readonly moved: Move; readonly sequences: ReadonlyMap<string, string> },
): Promise<TableDetails> => {
  const renamed = (sql: string): string =>
    [...sequences].reduce((text, [from, to]) => text.replaceAll(`nextval('${from}')`, `nextval('${to}')`), sql);
  const target = <T extends { readonly path: readonly string[] }>(to: T): T => ({ ...to, path: moved(to.path) });
  const columns = table.details.columns.map((column): DeclaredColumn => ({
    ...column,
    ...(column.defaultSql !== undefined && { defaultSql: renamed(column.defaultSql) }),
    ...(column.references && { references: target<KeyTarget>(column.references) }),
  }));
  const details = { ...table.details, columns };
  const source = cloned({ ...table, details }, session.duck);
  const physical = physicalName(path, id, false);
  const counters = await makeSequences(run, physical, columns, await source.counted?.());
  await source.make(run, physical, counters, transaction);
  const own = counters.filter((name) => name !== undefined);
  return {
    ...details,
    physical,
    tracked: false,
    ...(details.keys && {
      keys: details.keys.map((key) => ({ ...key, ...(key.target && { target: target(key.target) }) })),
    }),
    ...(own.length > 0 && { sequences: own }),
  };
};

/** What the clone of a task has of its own. */
interface TaskDetails {
  readonly after: readonly (readonly string[])[];
  readonly finalizes: readonly string[] | undefined;
  readonly started: boolean;
  readonly suspendedOn: string | undefined;
  readonly suspendedReason: string | undefined;
}

const suspended = (details: TaskDetails, moved: Move): TaskDetails => ({
  ...details,
  after: details.after.map(moved),
  finalizes: details.finalizes && moved(details.finalizes),
  started: false,
  suspendedOn: undefined,
  suspendedReason: undefined,
});
