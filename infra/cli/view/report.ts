import type { Problem } from '../flow/audit.ts';
import type { BatchView, Documents } from '../flow/batch-view.ts';
import type { Terminal } from '../terminal.ts';
import { grouped, plural, seconds } from './numbers.ts';
import { layOut, type TableColumn } from './table.ts';
import { visible } from './text.ts';

/** Lines of a table, and a line that names the columns which found no room. */
export const tableLines = (
  terminal: Terminal,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): readonly string[] => {
  const table = layOut(columns, rows, terminal.width);
  const [names, rule] = table.head;
  const more = table.omitted.length === 0 ? [] : [terminal.paint('dim', omittedLine(table.omitted))];
  return [terminal.paint('bold', names!), terminal.paint('dim', rule!), ...rows.map(table.line), ...more];
};

/** Says which columns a narrow terminal left out. */
export const omittedLine = (names: readonly string[]): string =>
  `(no room for ${plural(names.length, 'more column')}: ${names.map(visible).join(', ')}; a wider terminal or --json shows them)`;

const BATCH_COLUMNS: readonly TableColumn[] = [
  { name: 'batch', narrowest: 10 },
  { name: 'rows in', align: 'right' },
  { name: 'loaded', align: 'right' },
  { name: 'quarantined', align: 'right' },
  { name: 'extract', align: 'right' },
  { name: 'validate', align: 'right' },
  { name: 'transform', align: 'right' },
  { name: 'load', align: 'right' },
  { name: 'superseded', align: 'right' },
];

const MARKS: Readonly<Record<BatchView['status'], string>> = {
  unknown: '…',
  claimed: '…',
  running: '…',
  loaded: '…',
  failed: '✖',
  complete: '✔',
};

const WIDE = 100; // columns from which whole batch ids fit

/** One line a batch: rows in, loaded and quarantined, and the seconds of each stage. */
export const batchTable = (terminal: Terminal, batches: readonly BatchView[]): readonly string[] => {
  const columns = BATCH_COLUMNS.filter(
    (it) => it.name !== 'superseded' || batches.some((batch) => batch.superseded > 0),
  );
  const rows = batches.map((it) => {
    const cells: Readonly<Record<string, string>> = {
      batch: `${MARKS[it.status]} ${terminal.width < WIDE ? it.batchId.slice(it.batchId.indexOf('_') + 1) : it.batchId}`,
      'rows in': grouped(it.rows),
      loaded: grouped(it.loaded),
      quarantined: grouped(it.quarantined),
      superseded: grouped(it.superseded),
      extract: seconds(it.seconds.extract),
      validate: seconds(it.seconds.validate),
      transform: seconds(it.seconds.transform),
      load: seconds(it.seconds.load),
    };
    return columns.map((column) => cells[column.name]!);
  });
  const caption = terminal.paint('dim', 'Rows are line items; stages are in seconds.');
  return [...tableLines(terminal, columns, rows), caption];
};

/** The balance of all documents, as a sum that must come out. */
export const balance = (documents: Documents, left = 'NOT ACCOUNTED FOR'): string => {
  const { discarded = 0 } = documents;
  const accounted = documents.loaded + documents.superseded + documents.quarantined + documents.rejected + discarded;
  const sum = [
    `${grouped(documents.loaded)} loaded`,
    `${grouped(documents.superseded)} superseded`,
    `${grouped(documents.quarantined)} quarantined`,
    `${grouped(documents.rejected)} rejected`,
    ...(discarded === 0 ? [] : [`${grouped(discarded)} discarded`]),
  ].join(' + ');
  const missing = documents.in - accounted;
  return `${plural(documents.in, 'document')} in = ${sum}${missing === 0 ? '' : ` + ${grouped(missing)} ${left}`}`;
};

const WORDS: Readonly<Record<Problem['what'], string>> = {
  lost: 'neither loaded, superseded nor in quarantine',
  incomplete: 'only a part of its rows is loaded',
  surplus: 'more rows are loaded than it has',
  doubled: 'counted twice',
  'not landed': 'not in the raw table',
  'on its way': 'still on its way',
};

/**
 * Line numbers as people write them.
 * @example lineRanges([1, 2, 3, 7]) // '1-3,7'
 */
export const lineRanges = (lines: readonly number[], most = 10): string => {
  const ranges: { from: number; to: number }[] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && line <= last.to + 1) last.to = line;
    else ranges.push({ from: line, to: line });
  }
  const texts = ranges.slice(0, most).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  return [...texts, ...(ranges.length > most ? ['…'] : [])].join(',');
};

/** Names the documents that nobody answers for by file and line, those of the same kind together. */
export const problemLines = (problems: readonly Problem[]): readonly string[] => {
  const groups = Map.groupBy(problems, (it) => JSON.stringify([it.file, it.what, it.batchId]));
  return [...groups.values()].map((some) => {
    const { file, what, batchId } = some[0]!;
    const lines = lineRanges(some.map((it) => it.line));
    return `  ${visible(file)}:${lines}  ${WORDS[what]}${batchId === undefined ? '' : ` (batch ${batchId})`}`;
  });
};
