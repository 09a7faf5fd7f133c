import { distinctNames, toText } from '../cells.ts';
import type { Audit } from '../flow/audit.ts';
import type { BatchView, Documents } from '../flow/batch-view.ts';
import { whatStands, type Expected, type FlowState } from '../flow/flow-state.ts';
import type { Flow } from '../flow/flow-tables.ts';
import type { Ending } from '../flow/watch.ts';
import type { Collected } from '../session.ts';
import type { Landed } from '../source/landing.ts';
import type { Terminal } from '../terminal.ts';
import { plural } from './numbers.ts';
import { balance, batchTable, problemLines, tableLines } from './report.ts';
import { visible } from './text.ts';

/** A file of a run, and what it brought in. */
export interface RunFile extends Landed {
  readonly state: 'new' | 'in flight before' | 'loaded before';
}

/** All that a run has to tell at its end. */
export interface Summary {
  readonly flow: Flow;
  readonly files: readonly RunFile[];
  readonly expected: readonly Expected[];
  readonly ending: Ending;
  readonly state: FlowState;
  readonly audit: Audit;
  /** Rows of the target that came with this run's batches. */
  readonly rows: number;
  /** A few of them. */
  readonly sample: Collected;
  readonly elapsedSeconds: number;
}

const ENDED: Readonly<Record<Ending, string>> = { quiet: 'done in', stuck: 'gave up after', stopped: 'stopped after' };

const NONE: Documents = { in: 0, loaded: 0, superseded: 0, quarantined: 0, rejected: 0 };
const INTERRUPTED = 130; // what shells say of a command that ^C ended

/** 0 only if every document is accounted for and no batch failed. */
export const exitCodeOf = ({ ending, audit, state }: Summary): number => {
  if (ending === 'stopped') return INTERRUPTED;
  const isClean = ending === 'quiet' && audit.problems.length === 0;
  return isClean && state.batches.every((it) => it.status === 'complete') ? 0 : 1;
};

const batchJson = ({
  batchId,
  pipeline,
  status,
  attempt,
  rows,
  loaded,
  quarantined,
  superseded,
  ...more
}: BatchView) => ({
  batchId,
  pipeline,
  status,
  attempt,
  rows,
  loaded,
  quarantined,
  superseded,
  documents: more.documents,
  seconds: more.seconds,
  ...(more.failure ? { failure: more.failure } : {}),
});

/** The run as one JSON document. */
export const summaryJson = (summary: Summary): string => {
  const { audit, state, files, flow } = summary;
  return JSON.stringify({
    ending: summary.ending,
    documents: audit.documents,
    rows: summary.rows,
    batches: state.batches.map(batchJson),
    target: flow.target,
    files: files.map((it) => ({
      file: it.source.path,
      key: it.key,
      state: it.state,
      documents: audit.byFile.get(it.key) ?? NONE,
    })),
    problems: audit.problems,
    elapsedSeconds: summary.elapsedSeconds,
  });
};

/** The run as a person reads it: batches, documents, a few rows, and what to type next. */
export const summaryLines = (
  terminal: Terminal,
  summary: Summary,
  next: (command: string) => string,
): readonly string[] => {
  const { audit, state, files, flow, ending } = summary;
  const good = (text: string): string => terminal.paint('green', text);
  const bad = (text: string): string => terminal.paint('red', text);
  const before = files.filter((it) => it.state === 'loaded before');
  const failed = state.batches.filter((it) => it.status === 'failed');
  const isClean = exitCodeOf(summary) === 0;
  return [
    '',
    ...(state.batches.length > 0 ? batchTable(terminal, state.batches) : []),
    ...failed.map((it) =>
      bad(`batch ${it.batchId} failed in ${it.failure?.service}: ${visible(it.failure?.message ?? '')}`),
    ),
    '',
    ...before.map((it) => `${visible(it.source.path)} was loaded before, as ${visible(it.key)}: nothing to do`),
    `${isClean ? good('✔') : bad('✖')} ${balance(audit.documents, ending === 'quiet' ? undefined : 'still on their way')}`,
    ...problemLines(audit.problems.filter((it) => it.what !== 'on its way')),
    ...endingLines(summary),
    ...rowLines(terminal, summary),
    '',
    'Try next:',
    ...nextSteps(summary).map((it) => `  ${next(it)}`),
    ...(ending === 'quiet' ? [] : [`  ${next('up')}`]),
    '',
    terminal.paint('dim', `${flow.pipeline}: ${ENDED[ending]} ${summary.elapsedSeconds.toFixed(1)} s`),
  ];
};

const endingLines = ({ ending, state, expected }: Summary): readonly string[] => {
  if (ending === 'quiet') return [];
  const why = ending === 'stopped' ? 'Stopped before all was done:' : 'Nothing has moved for too long:';
  return [why, ...whatStands(state, expected).map((it) => `  ${visible(it)}`)];
};

// A fraction of zero tells nothing, and takes room.
const ZERO_FRACTION = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.0+$/;

/** A few rows side by side: a target has more columns than a terminal has room for. */
const rowLines = (terminal: Terminal, { flow, rows, sample }: Summary): readonly string[] => {
  if (sample.rows.length === 0) return [];
  const names = distinctNames(sample.columns.map((it) => it.name));
  const columns = [{ name: 'column' }, ...sample.rows.map((_, index) => ({ name: `row ${index + 1}`, narrowest: 12 }))];
  const lines = names.map((name, index) => [
    name,
    ...sample.rows.map((row) => toText(row[index]!).replace(ZERO_FRACTION, '$1')),
  ]);
  return ['', `${plural(rows, 'row')} in ${flow.target}, among them:`, ...tableLines(terminal, columns, lines)];
};

const nextSteps = ({ flow, audit }: Summary): readonly string[] => {
  const held = audit.documents.quarantined + audit.documents.rejected;
  return [
    `sql "SELECT * FROM ${flow.target} LIMIT 10"`,
    ...(held > 0 ? [`quarantine explain ${flow.pipeline}`] : []),
    'status',
  ];
};
