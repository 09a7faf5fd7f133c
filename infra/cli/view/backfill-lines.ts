import type { BackfillReport, ColumnReport, TableReport } from '../../../services/coordinator/backfill/report.ts';
import { chunkText, type BackfillView } from '../flow/backfill-view.ts';
import type { Terminal } from '../terminal.ts';
import { grouped, plural } from './numbers.ts';
import { tableLines } from './report.ts';
import { visible } from './text.ts';

/** A backfill on one screen: how it stands, its steps, and what its comparison found. */
export const backfillLines = (
  terminal: Terminal,
  view: BackfillView,
  report: BackfillReport | undefined,
): readonly string[] => {
  const { moments, open, reason } = view;
  return [
    terminal.paint('bold', `backfill ${view.id} of ${view.pipeline}: ${view.status}`),
    visible(scopeText(view)),
    ...(view.chunks.all > 0 ? [`${chunkText(view)}, ${plural(view.chunks.documents, 'document')}`] : []),
    ...view.chunks.failed.map((it) => visible(`  ${it.batchId}, attempt ${it.attempt}: ${it.error}`)),
    ...(reason === undefined ? [] : [visible(`reason ${reason}`)]),
    '',
    ...tableLines(
      terminal,
      [{ name: 'time (UTC)' }, { name: 'what', narrowest: 20 }],
      moments.map(({ at, what }) => [at.slice(0, 19).replace('T', ' '), what]),
    ),
    ...(report?.tables ?? []).flatMap((it) => ['', ...comparisonLines(terminal, it)]),
    ...(open.length === 0 ? [] : ['', `Not announced:`, ...open.map((it) => visible(`  ${it}`))]),
    '',
  ];
};

/** What a backfill is about, and what was announced. */
export const scopeText = ({ asked }: Pick<BackfillView, 'asked'>): string => {
  const expected = (asked.expect ?? []).map((it) =>
    it.tolerance === undefined ? it.column : `${it.column} up to ${it.tolerance}`,
  );
  return [
    asked.from === undefined && asked.to === undefined
      ? 'all documents'
      : `documents from ${asked.from ?? 'the first'} to ${asked.to ?? 'the last'}`,
    ...(asked.columns ? [`only ${asked.columns.join(', ')} may change`] : []),
    ...(expected.length > 0 ? [`expected to differ: ${expected.join(', ')}`] : []),
    ...(asked.approveAutomatically ? ['approved beforehand'] : []),
  ].join('; ');
};

const comparisonLines = (terminal: Terminal, table: TableReport): readonly string[] => {
  const name = table.live.split('.').at(-1)!;
  const rows = `${grouped(table.rows.live)} rows live, ${grouped(table.rows.rebuilt)} rebuilt`;
  if (table.identical) return [`${terminal.paint('bold', name)}: identical, ${rows}`];
  const differing = table.columns.filter((it) => it.changed > 0);
  const { duplicateKeys, withoutKey } = table;
  const apart = duplicateKeys.live + duplicateKeys.rebuilt + withoutKey.live + withoutKey.rebuilt;
  return [
    `${terminal.paint('bold', name)}: ${rows}; ${grouped(table.added)} added, ${grouped(table.removed)} removed, ${grouped(table.changed)} changed of ${grouped(table.matched)}`,
    ...(table.isLive ? [] : ['  there is no live table yet: publishing creates it']),
    ...(apart > 0
      ? [
          `  apart: keys that several rows share ${duplicateKeys.live} / ${duplicateKeys.rebuilt}, rows without a key ${withoutKey.live} / ${withoutKey.rebuilt}, ${table.apartEqual ? 'the same on both sides' : 'differing'}`,
        ]
      : []),
    ...(differing.length === 0 ? [] : tableLines(terminal, COLUMNS, differing.map(columnCells))),
    ...table.samples.slice(0, 6).map((it) => {
      const changes = it.changes.map((to) => `${to.column}: ${to.live ?? 'NULL'} -> ${to.rebuilt ?? 'NULL'}`);
      return visible(`  ${it.kind} ${it.key.join(' / ')}  ${changes.join(', ')}`.trimEnd());
    }),
    `  hangs on it: ${dependentsText(table)}`,
  ];
};

/** What hangs on a table, which publishing leaves as it is. */
export const dependentsText = ({
  dependents: { streams, grants, views, policies, unseen = [] },
}: Pick<TableReport, 'dependents'>): string =>
  `${plural(streams.length, 'stream')}, ${plural(grants.length, 'grant')}, ${plural(views.length, 'view')}, ${plural(policies.length, 'policy').replace('policys', 'policies')}${unseen.length === 0 ? '' : ` (not seen: ${unseen.map((it) => it.split(':')[0]).join(', ')})`}. Rows are changed in one transaction and nothing is swapped, so all of it stays`;

const COLUMNS = [
  { name: 'column', narrowest: 12 },
  { name: 'changed', align: 'right' },
  { name: 'equal', align: 'right' },
  { name: 'sum live', align: 'right' },
  { name: 'sum rebuilt', align: 'right' },
  { name: 'too far', align: 'right' },
] as const;

const columnCells = ({ column, changed, matchRate, sums, exceeding }: ColumnReport): readonly string[] => [
  column,
  grouped(changed),
  percent(matchRate),
  sums?.live ?? '',
  sums?.rebuilt ?? '',
  exceeding === undefined ? '' : grouped(exceeding),
];

/**
 * A share as people read it, never rounded up to all or down to nothing.
 * @example percent(0.99999) // '99.99%'
 */
export const percent = (share: number): string => {
  if (share === 1 || share === 0) return `${share * 100}%`;
  return `${Math.min(99.99, Math.max(0.01, Math.floor(share * 10_000) / 100)).toFixed(2)}%`;
};

/** One line a backfill. */
export const backfillsTable = (terminal: Terminal, views: readonly BackfillView[]): readonly string[] =>
  tableLines(
    terminal,
    [
      { name: 'backfill', narrowest: 12 },
      { name: 'pipeline' },
      { name: 'status' },
      { name: 'chunks', align: 'right' },
      { name: 'asked for (UTC)' },
      { name: 'by', narrowest: 4 },
    ],
    views.map((it) => [
      it.id,
      it.pipeline,
      it.status,
      `${it.chunks.loaded}/${it.chunks.all}`,
      it.asked.at.slice(0, 16).replace('T', ' '),
      it.asked.by,
    ]),
  );
