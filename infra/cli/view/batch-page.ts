import type { BatchLife } from '../flow/batch-life.ts';
import type { Failure } from '../flow/batch-view.ts';
import type { Terminal } from '../terminal.ts';
import { eventText } from './event-line.ts';
import { grouped, plural } from './numbers.ts';
import { tableLines } from './report.ts';
import { visible } from './text.ts';

/** What each class of error means to who reads it. */
export const CLASSES: Readonly<Record<Failure['kind'], string>> = {
  RetryLater: 'retry later: the world was busy or not ready, and stayed so until the retries were used up',
  BadMessage: 'bad message: the event itself can not be served; what it says has to be put right first',
  Defect: 'defect: a promise of ours is broken, in code, rules or tables; repair that first',
};

/** One batch's whole life: events, stages, what went wrong and what to type next. */
export const batchPage = (
  terminal: Terminal,
  life: BatchLife,
  next: string,
  queries: readonly Query[],
): readonly string[] => {
  const { view } = life;
  const failure = view.failure;
  return [
    terminal.paint('bold', `batch ${view.batchId} of ${view.pipeline}: ${view.status}, attempt ${view.attempt}`),
    `${plural(view.documents.in, 'document')}, ${plural(view.rows, 'row')}, began ${view.began.replace('T', ' ').slice(0, 19)} UTC`,
    '',
    ...tableLines(
      terminal,
      [{ name: 'time' }, { name: 'attempt', align: 'right' }, { name: 'event', narrowest: 20 }],
      life.events.map((it) => [it.time.slice(11, 23), String(it.attempt), eventText(it)]),
    ),
    '',
    ...tableLines(
      terminal,
      [
        { name: 'stage' },
        { name: 'attempt', align: 'right' },
        { name: 'in', align: 'right' },
        { name: 'out', align: 'right' },
        { name: 'less', align: 'right' },
        { name: 'seconds', align: 'right' },
        { name: 'table', narrowest: 12 },
      ],
      life.stages.map((it) => [
        it.stage,
        String(it.attempt),
        it.rowsIn === null ? '-' : grouped(it.rowsIn),
        grouped(it.rowsOut),
        grouped(it.rowsLess),
        view.seconds[it.stage]?.toFixed(1) ?? '-',
        it.table.split('.')[2]!,
      ]),
    ),
    ...(queries.length === 0 ? [] : ['', ...queryLines(terminal, queries)]),
    ...(failure === undefined
      ? []
      : [
          '',
          `error  ${visible(failure.message)}`,
          `class  ${CLASSES[failure.kind]}`,
          `stage  ${failure.service}, whose owner reads services/${failure.service}/README.md`,
        ]),
    '',
    `next   ${next}`,
  ];
};

/** A statement that Snowflake ran for the batch. */
export interface Query {
  readonly queryId: string;
  readonly text: string;
  readonly status: string;
  readonly attempt: number;
}

const queryLines = (terminal: Terminal, queries: readonly Query[]): readonly string[] =>
  tableLines(
    terminal,
    [
      { name: 'query id' },
      { name: 'attempt', align: 'right' },
      { name: 'statement', narrowest: 16 },
      { name: 'status' },
    ],
    queries.map((it) => [it.queryId, String(it.attempt), it.text.replaceAll(/\s+/g, ' ').slice(0, 120), it.status]),
  );
