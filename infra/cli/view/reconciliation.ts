import type { Fault, Reconciliation } from '../flow/reconcile.ts';
import type { Tally } from '../flow/tally.ts';
import type { Terminal } from '../terminal.ts';
import { grouped, plural } from './numbers.ts';
import { lineRanges, tableLines } from './report.ts';
import { visible } from './text.ts';

/** The balance as a sum that must come out, by hour and by file, and every fault by name. */
export const reconciliationLines = (terminal: Terminal, it: Reconciliation): readonly string[] => [
  '',
  it.pipeline,
  `  ${sumOf(it.documents)}`,
  ...(it.documents.raw === 0 ? [] : ['', ...table(terminal, 'hour (UTC)', it.byHour), '']),
  ...(it.documents.raw === 0 ? [] : table(terminal, 'file', it.byFile)),
  ...(it.faults.length === 0 ? [] : ['', `${plural(it.faults.length, 'fault')}:`, ...it.faults.map(faultLine)]),
];

const brokenIn = (it: Tally): number => it.lost + it.incomplete + it.surplus + it.doubled;

const sumOf = (it: Tally): string => {
  const parts = [
    `${grouped(it.loaded)} loaded`,
    `${grouped(it.superseded)} superseded`,
    `${grouped(it.quarantined)} quarantined`,
    `${grouped(it.rejected)} rejected`,
    `${grouped(it.discarded)} discarded`,
    `${grouped(it.inFlight)} in flight`,
  ];
  const broken = brokenIn(it);
  return `${plural(it.raw, 'document')} in raw = ${parts.join(' + ')}${broken === 0 ? '' : ` + ${grouped(broken)} NOT ACCOUNTED FOR`}`;
};

const COLUMNS = ['raw', 'loaded', 'superseded', 'quarantined', 'rejected', 'discarded', 'inFlight'] as const;

const table = (terminal: Terminal, by: string, tallies: Readonly<Record<string, Tally>>): readonly string[] =>
  tableLines(
    terminal,
    [
      { name: by, narrowest: 16 },
      ...COLUMNS.map((name) => ({ name: name === 'inFlight' ? 'in flight' : name, align: 'right' as const })),
      { name: 'faulty', align: 'right' },
    ],
    Object.entries(tallies).map(([key, it]) => [
      key,
      ...COLUMNS.map((name) => grouped(it[name])),
      grouped(brokenIn(it)),
    ]),
  );

/** One fault as a person reads it: which document, what is wrong with its rows, and whose batch it was in. */
export const faultLine = (it: Fault): string => {
  const batch = it.batchId === null ? it.status : `batch ${it.batchId}, ${it.status}`;
  return `  ${visible(it.file)}:${it.line ?? '?'}  ${wrongWith(it)} (${batch})`;
};

const wrongWith = (it: Fault): string => {
  const rows = `${grouped(it.rows.found)} of ${plural(it.rows.expected, 'row')} loaded`;
  const missing = it.missing.length === 0 ? '' : `, missing ${lineRanges(it.missing)}`;
  switch (it.what) {
    case 'lost':
      return 'neither loaded, superseded nor in quarantine';
    case 'incomplete':
      return `${rows}${missing}`;
    case 'surplus':
      return `${grouped(it.rows.found)} rows loaded where it has ${grouped(it.rows.expected)}${missing}`;
    case 'doubled':
      return 'counted twice: it stands in raw twice, or in target and quarantine at once';
    case 'stray':
      return `${plural(it.rows.found, 'row')} in the target that come from no document`;
  }
};
