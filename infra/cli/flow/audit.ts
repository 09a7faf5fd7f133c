import { count } from '../../../shared/snowflake/warehouse.ts';
import type { Landed } from '../source/landing.ts';
import { eachDocument } from '../source/document-lines.ts';
import { toText } from '../cells.ts';
import type { Row, Session } from '../session.ts';
import { countFates, landedLines, unaccounted } from './audit-statements.ts';
import type { Documents } from './batch-view.ts';
import type { Flow } from './flow-tables.ts';

/** A document for which nobody answers. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly what: 'lost' | 'incomplete' | 'surplus' | 'doubled' | 'not landed' | 'on its way';
  readonly batchId?: string;
}

/** Documents by what became of them, judged by the tables alone; `in` is what the files themselves hold. */
export interface Audit {
  readonly documents: Documents;
  readonly byFile: ReadonlyMap<string, Documents>;
  readonly problems: readonly Problem[];
}

const NONE: Documents = { in: 0, loaded: 0, superseded: 0, quarantined: 0, rejected: 0 };
const FATES = ['loaded', 'superseded', 'quarantined', 'rejected', 'discarded'] as const;

/** What the audit of an unfinished run misses is not lost, as far as it can tell. */
export const whileMoving = (found: Audit): Audit => ({
  ...found,
  problems: found.problems.map((it) =>
    it.what === 'lost' || it.what === 'not landed' ? { ...it, what: 'on its way' } : it,
  ),
});

/** Accounts for every document of the files, line by line of the files where the raw table holds fewer. */
export const audit = async (session: Session, flow: Flow, files: readonly Landed[]): Promise<Audit> => {
  const keys = files.map((it) => it.key);
  const found = await session.rows(countFates(flow, keys));
  const byFile = new Map(files.map((it) => [it.key, documentsOf(it, found)]));
  const documents = [...byFile.values()].reduce(add, NONE);
  const accounted = FATES.reduce((sum, it) => sum + (documents[it] ?? 0), 0);
  if (accounted === documents.in && found.every((it) => isFate(it['FATE']))) return { documents, byFile, problems: [] };

  const inTables = (await session.rows(unaccounted(flow, keys))).map((row) => problemOf(row, files));
  const notLanded: Problem[] = [];
  for (const file of files) notLanded.push(...(await missing(session, flow, file)));
  return { documents, byFile, problems: [...inTables, ...notLanded] };
};

const isFate = (value: unknown): value is (typeof FATES)[number] => FATES.some((it) => it === value);

const documentsOf = ({ key, source }: Landed, found: readonly Row[]): Documents => {
  const of = (fate: (typeof FATES)[number]): number =>
    count(found.find((it) => it['FILE_NAME'] === key && it['FATE'] === fate)?.['DOCUMENTS'] ?? 0);
  return {
    in: source.documents,
    loaded: of('loaded'),
    superseded: of('superseded'),
    quarantined: of('quarantined'),
    rejected: of('rejected'),
    ...(of('discarded') > 0 && { discarded: of('discarded') }),
  };
};

const add = (a: Documents, b: Documents): Documents => ({
  in: a.in + b.in,
  loaded: a.loaded + b.loaded,
  superseded: a.superseded + b.superseded,
  quarantined: a.quarantined + b.quarantined,
  rejected: a.rejected + b.rejected,
  ...(a.discarded || b.discarded ? { discarded: (a.discarded ?? 0) + (b.discarded ?? 0) } : {}),
});

const problemOf = (row: Row, files: readonly Landed[]): Problem => ({
  file: files.find((it) => it.key === row['FILE_NAME'])?.source.path ?? toText(row['FILE_NAME'] ?? null),
  line: count(row['FILE_ROW_NUMBER'] ?? null),
  what: row['FATE'] as Problem['what'],
  ...(typeof row['BATCH_ID'] === 'string' ? { batchId: row['BATCH_ID'] } : {}),
});

const missing = async (session: Session, flow: Flow, { key, source }: Landed): Promise<Problem[]> => {
  const rows = await session.rows(landedLines(flow, key));
  const landed = new Set(rows.map((it) => count(it['FILE_ROW_NUMBER'] ?? null)));
  const problems: Problem[] = [];
  await eachDocument(source.path, (line) => {
    if (!landed.has(line)) problems.push({ file: source.path, line, what: 'not landed' });
  });
  return problems;
};
