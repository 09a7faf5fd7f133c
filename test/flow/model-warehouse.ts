import { BadMessage } from '../../shared/errors.ts';
import type { Result } from '../../shared/snowflake/warehouse.ts';
import type { Statement } from '../../shared/sql/statement.ts';
import type { Document } from './documents.ts';

/** A row on its way: a line of a document, or its only row if it has no lines. */
export interface Row {
  readonly document: Document;
  readonly line: number | null;
}

/** What all sessions share. Hand-over tables are there while they are, the others always. */
export interface World {
  readonly documents: readonly Document[];
  readonly temps: Map<string, readonly Row[]>;
  readonly history: Map<string, readonly Row[]>;
  quarantine: readonly { readonly batchId: string; readonly stage: string; readonly document: Document }[];
  target: readonly (Row & { readonly batchId: string })[];
  manifest: readonly { readonly batchId: string; readonly attempt: number; readonly row: Result['rows'][number] }[];
  log: readonly { readonly id: string; readonly type: string; readonly batchId: string; readonly detail: string }[];
}

export const newWorld = (documents: readonly Document[]): World => ({
  documents,
  temps: new Map(),
  history: new Map(),
  quarantine: [],
  target: [],
  manifest: [],
  log: [],
});

/** What others have committed, as a session sees it: perhaps not all of it yet. */
export type View = <T>(rows: readonly T[]) => readonly T[];

const rowsOf = (document: Document): readonly Row[] =>
  document.lines === 0
    ? [{ document, line: null }]
    : Array.from({ length: document.lines }, (_, index) => ({ document, line: index + 1 }));
const documentsOf = (rows: readonly Row[]): readonly Document[] => [...new Set(rows.map((it) => it.document))];
const tablesIn = ({ text }: Statement): readonly string[] =>
  [...text.matchAll(/"(\w+)"\."(\w+)"\."(\w+)"/g)].map((it) => it[3]!);

/**
 * Does to the world what each statement promises to do, by its name, its tables and its binds. A model of the promises, not of
 * SQL: it shows whether the services keep them in order, and the statements themselves are tried elsewhere.
 */
export const perform = (world: World, statement: Statement, view: View): Partial<Result> => {
  const { name, binds } = statement;
  const tables = tablesIn(statement);
  const [first, second] = tables as readonly [string, string];
  const bind = (index: number): string => String(binds[index]);
  const temp = (table: string): readonly Row[] => {
    const rows = world.temps.get(table);
    if (!rows) throw new BadMessage(`${name}: Object '${table}' does not exist or not authorized.`);
    return rows;
  };
  // Binds of `not exists (... quarantine ...)` stand first wherever it is used.
  const passed = (rows: readonly Row[]): readonly Row[] => {
    if (!tables.some((it) => it.endsWith('_QUARANTINE'))) return rows;
    const held = view(world.quarantine.filter((it) => it.batchId === bind(0) && it.stage === bind(1)));
    return rows.filter((row) => !held.some((it) => it.document === row.document));
  };
  const stage = /_(EXTRACTED|TRANSFORMED)_/.exec(tables.find((it) => it.includes('_VERDICTS_')) ?? '')?.[1];
  const rejected = (rows: readonly Row[]): readonly Row[] =>
    rows.filter((it) => it.document.breaks === stage?.toLowerCase());

  switch (name) {
    case 'normalize-documents':
      world.temps.set(first, view(world.documents.filter((it) => it.batchId === bind(0))).flatMap(rowsOf));
      return {};
    case 'count-extracted':
      return counted({ ROWS_FOUND: temp(first).length, DOCUMENTS_FOUND: documentsOf(temp(first)).length });
    case 'clear-history':
      world.history.delete(bind(0));
      return {};
    case 'append-history': {
      const rows = temp(second);
      const batchId = rows[0]!.document.batchId;
      world.history.set(batchId, [...(world.history.get(batchId) ?? []), ...rows]);
      return {};
    }
    case 'judge-rows':
      world.temps.set(first, view(temp(second)));
      return {};
    case 'sum-verdicts':
      return counted({
        DOCUMENTS: documentsOf(temp(first)).length,
        ROWS_JUDGED: temp(first).length,
        REJECTED_DOCUMENTS: documentsOf(rejected(temp(first))).length,
        REJECTED_ROWS: rejected(temp(first)).length,
        UNREADABLE_DOCUMENTS: 0,
      });
    case 'clear-quarantine':
      world.quarantine = world.quarantine.filter((it) => it.batchId !== bind(0) || it.stage !== bind(1));
      return {};
    case 'hold-back': {
      const arrived = view(world.documents.filter((it) => it.batchId === bind(0)));
      const held = documentsOf(rejected(temp(second))).filter((it) => arrived.includes(it));
      const rows = held.map((document) => ({ batchId: bind(0), stage: bind(2), document }));
      world.quarantine = [...world.quarantine, ...rows];
      return { rowsChanged: rows.length };
    }
    case 'count-valid': {
      const rows = passed(view(temp(first)));
      return counted({ ROWS_IN: rows.length, DOCUMENTS_IN: documentsOf(rows).length, ORDERS_IN: orders(rows).length });
    }
    case 'apply-rules': {
      const rows = passed(view(temp(second)));
      const isNewest = (row: Row): boolean =>
        rows.every((it) => it.document.order !== row.document.order || it.document.version <= row.document.version);
      world.temps.set(first, rows.filter(isNewest));
      return {};
    }
    case 'count-transformed':
      return counted({ ROWS_OUT: temp(first).length, DOCUMENTS_OUT: documentsOf(temp(first)).length });
    case 'drop-temp':
      world.temps.delete(first);
      return {};
    default:
      return performLoad(world, statement, { bind, passed, temp: (table) => view(temp(table)), tables, view });
  }
};

const orders = (rows: readonly Row[]): readonly string[] => [...new Set(rows.map((it) => it.document.order))];

const counted = (counts: Readonly<Record<string, number>>): Partial<Result> => ({
  rows: [Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, String(value)]))],
});
