import type { Run } from '../../engine/duck.ts';
import type { Transaction } from '../../engine/transaction.ts';
import type { StatementContext } from '../../session/command.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { notFound, unsupported } from '../errors.ts';
import type {
  CatalogObject,
  DeclaredColumn,
  KeyTarget,
  SequenceDetails,
  TableDetails,
  TableObject,
} from '../object.ts';
import { makeSequences, physicalName, sequenceSql } from '../physical.ts';
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
    const refused = contents.find((object) => REFUSED.has(object.kind));
    if (refused !== undefined) throw unsupported(`CREATE ${kind} CLONE of a ${refused.kind.toLowerCase()}`);
    const moved = (path: readonly string[]): readonly string[] =>
      source.every((part, i) => path[i] === part) ? [...target, ...path.slice(source.length)] : path;
    const sequences = new Map<string, string>();
    const copies: CatalogObject[] = [];
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
      } else if (object.kind === 'TASK') copy.details = suspended(object.details as TaskDetails, moved);
      copies.push(copy);
    }
    return copies;
  };
};

const REFUSED = new Set(['STREAM', 'PIPE']);
const LEFT_OUT = ({ kind, details }: CatalogObject): boolean =>
  kind === 'DROPPED TABLE' || (kind === 'STAGE' && (details as { url?: string }).url === undefined);

const ORDER = ['SCHEMA', 'SEQUENCE'];
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
