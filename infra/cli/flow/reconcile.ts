import { count } from '../../../shared/snowflake/warehouse.ts';
import { Json, toText } from '../cells.ts';
import type { Row, Session } from '../session.ts';
import { foldBatches } from './batch-view.ts';
import { eventsOf } from './find-batches.ts';
import type { Flow } from './flow-tables.ts';
import { loggedEvent } from './read-flow.ts';
import { countPlaces, listPlaces, strayRows } from './reconcile-statements.ts';
import { tally, type Counted, type Tally } from './tally.ts';

/** One document, or rows without one, that the balance breaks on. */
export interface Fault {
  readonly what: 'lost' | 'incomplete' | 'surplus' | 'doubled' | 'stray';
  readonly file: string;
  readonly line: number | null;
  readonly rows: { readonly expected: number; readonly found: number };
  /** Numbers of its rows that the target lacks; empty where rows have no numbers. */
  readonly missing: readonly number[];
  readonly batchId: string | null;
  /** What its batch has come to; no batch: the document was never taken on. */
  readonly status: 'complete' | 'failed' | 'never taken on' | 'unknown';
}

/** The proof, or what breaks it: all documents that landed, by what became of them. */
export interface Reconciliation {
  readonly pipeline: string;
  readonly documents: Tally;
  readonly byFile: Readonly<Record<string, Tally>>;
  readonly byHour: Readonly<Record<string, Tally>>;
  readonly faults: readonly Fault[];
}

/** As many faults as are named one by one; the counts hold all of them. */
const MOST_FAULTS = 10_000;
const CHUNK = 500; // ids of one statement

type Status = 'complete' | 'failed';

/** Holds every landed document against target, quarantine and what is in flight. */
export const reconcile = async (session: Pick<Session, 'rows'>, flow: Flow, since?: Date): Promise<Reconciliation> => {
  // Between two statements a batch may end. Only of one that had ended before the tables are read is a document missing.
  const open = (await session.rows(countPlaces(flow, since))).map(textOf('PLACE')).filter((it) => it !== '');
  const settled = await settledOf(session, flow, open);
  const rows = await session.rows(countPlaces(flow, since));
  const counted = rows.map((row) => countedOf(row, settled));
  const broken = [...new Set(counted.filter((it) => it.isFault).map((it) => it.place))];
  const found = broken.length === 0 ? [] : await session.rows(listPlaces(flow, since, broken, MOST_FAULTS));
  const stray = await session.rows(strayRows(flow, MOST_FAULTS));
  return {
    pipeline: flow.pipeline,
    documents: tally(counted),
    byFile: groupedBy(counted, (it) => it.file),
    byHour: groupedBy(counted, (it) => it.hour),
    faults: [...found.map((row) => faultOf(row, settled)), ...stray.map(strayOf)],
  };
};

const settledOf = async (
  session: Pick<Session, 'rows'>,
  flow: Flow,
  places: readonly string[],
): Promise<ReadonlyMap<string, Status>> => {
  const ids = [...new Set(places)].filter((it) => !it.startsWith('('));
  const settled = new Map<string, Status>();
  for (let from = 0; from < ids.length; from += CHUNK) {
    const events = (await session.rows(eventsOf(flow, ids.slice(from, from + CHUNK)))).map(loggedEvent);
    for (const { batchId, status, isRepeating } of foldBatches(events).map(withRepeats(events)))
      if (!isRepeating && (status === 'complete' || status === 'failed')) settled.set(batchId, status);
  }
  return settled;
};

/** A batch that is complete may be on its way again: its newest attempt is what counts. */
const withRepeats =
  (events: Parameters<typeof foldBatches>[0]) =>
  (view: ReturnType<typeof foldBatches>[number]): typeof view & { readonly isRepeating: boolean } => {
    const newest = events.filter((it) => it.batchId === view.batchId && it.attempt === view.attempt);
    const ends = new Set(['batch.completed.v1', 'batch.failed.v1']);
    return { ...view, isRepeating: !newest.some((it) => ends.has(it.type)) };
  };

const textOf =
  (column: string) =>
  (row: Row): string =>
    toText(row[column] ?? null);

const countedOf = (row: Row, settled: ReadonlyMap<string, Status>): Counted & { readonly place: string } => {
  const [fate, place] = [textOf('FATE')(row), textOf('PLACE')(row)];
  const isSound = place === '';
  const isFault = !isSound && (place === '(nowhere)' || settled.has(place));
  return {
    file: textOf('FILE_NAME')(row),
    hour: textOf('HOUR')(row),
    fate: isSound || isFault ? fate : 'inFlight',
    isFault,
    place,
    documents: count(row['DOCUMENTS'] ?? null),
  };
};

const groupedBy = (counted: readonly Counted[], by: (of: Counted) => string): Readonly<Record<string, Tally>> =>
  Object.fromEntries([...Map.groupBy(counted, by)].map(([key, some]) => [key, tally(some)]));

const faultOf = (row: Row, settled: ReadonlyMap<string, Status>): Fault => {
  const place = textOf('PLACE')(row);
  const [expected, found] = [count(row['ROWS_IN'] ?? null), count(row['ROWS_LOADED'] ?? null)];
  const { LINES } = row;
  const lines = new Set(LINES instanceof Json ? (JSON.parse(LINES.text) as unknown[]).map(Number) : []);
  const missing = Array.from({ length: expected }, (_, index) => index + 1).filter((it) => !lines.has(it));
  return {
    what: textOf('FATE')(row) as Fault['what'],
    file: textOf('FILE_NAME')(row),
    line: count(row['FILE_ROW_NUMBER'] ?? null),
    rows: { expected, found },
    missing: lines.size === 0 && found > 0 ? [] : missing,
    batchId: place.startsWith('(') ? null : place,
    status: place.startsWith('(') ? 'never taken on' : (settled.get(place) ?? 'unknown'),
  };
};

const strayOf = (row: Row): Fault => ({
  what: 'stray',
  file: textOf('FILE_NAME')(row),
  line: row['FILE_ROW_NUMBER'] === null ? null : count(row['FILE_ROW_NUMBER'] ?? null),
  rows: { expected: 0, found: count(row['ROWS_LOADED'] ?? null) },
  missing: [],
  batchId: row['BATCH_ID'] === null ? null : textOf('BATCH_ID')(row),
  status: 'unknown',
});
