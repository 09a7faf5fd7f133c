import { count } from '../../../shared/snowflake/warehouse.ts';
import { toText } from '../cells.ts';
import { nextCommand, type Context } from '../context.ts';
import { lifeOfHeld, readHeld } from '../flow/held-documents.ts';
import { Refusal } from '../refusal.ts';
import type { Row, Session } from '../session.ts';
import { plural } from '../view/numbers.ts';
import { tableLines } from '../view/report.ts';
import { visible } from '../view/text.ts';
import { meantFlows, type QuarantineOptions } from './options.ts';
import { heldDocument, reasonText, type HeldDocument } from './read.ts';

/** Shows one document: where it came from, why it was held, what happened to it; its text only when that is asked for. */
export const showDocument = async (
  session: Session,
  context: Context,
  given: string,
  options: QuarantineOptions,
): Promise<number> => {
  const id = given.toUpperCase();
  for (const flow of meantFlows(options.pipeline)) {
    const [row] = await session.rows(readHeld(flow, id));
    if (!row) continue;
    const found = heldDocument(flow.pipeline, row);
    const life = (await session.rows(lifeOfHeld(flow, id))).map(happened);
    const next = nextCommand(context, nextOf(found), options.data);
    const text = toText(row['DOCUMENT'] ?? null);
    const json = { ...found, life, ...(options.document && { document: text }), next };
    const lines = [
      ...page(context, found, life),
      ...(options.document ? ['', visible(text)] : []),
      '',
      `next   ${next}`,
    ];
    await context.terminal.result(`${options.json ? JSON.stringify(json) : lines.join('\n')}\n`);
    return 0;
  }
  throw new Refusal(`no document ${visible(given)} is or was in quarantine`, {
    next: nextCommand(context, 'quarantine list --state any', options.data),
  });
};

interface Happened {
  readonly what: string;
  readonly at: string;
  readonly batchId: string;
  readonly attempt: number;
  readonly releasedAs: string | null;
  readonly by: string | null;
  readonly why: string | null;
}

const happened = (row: Row): Happened => {
  const maybe = (column: string): string | null => (row[column] === null ? null : toText(row[column] ?? null));
  return {
    what: toText(row['WHAT'] ?? null),
    at: toText(row['NOTED_AT'] ?? null).slice(0, 19),
    batchId: toText(row['BATCH_ID'] ?? null),
    attempt: count(row['ATTEMPT'] ?? null),
    releasedAs: maybe('RELEASE_BATCH'),
    by: maybe('SAID_BY'),
    why: maybe('REASON'),
  };
};

const page = ({ terminal }: Context, it: HeldDocument, life: readonly Happened[]): readonly string[] => [
  terminal.paint('bold', visible(`document ${it.id} of ${it.pipeline}: ${it.state}`)),
  `  order       ${visible(it.order ?? 'unknown: it could not be read')}`,
  `  file        ${visible(it.file)}, line ${it.line}`,
  `  held by     batch ${it.batchId}, attempt ${it.attempt}, stage ${it.stage}, ${plural(it.rows, 'row')}`,
  `  seen        first ${it.firstSeen}, last ${it.lastSeen} UTC`,
  '',
  ...tableLines(
    terminal,
    [
      { name: 'reason', narrowest: 24 },
      { name: 'rule', narrowest: 16 },
      { name: 'version' },
      { name: 'kind' },
      { name: 'rows', align: 'right' },
    ],
    it.reasons.map((why) => [
      reasonText(why),
      why.rule,
      why.version ?? '-',
      why.type ?? '-',
      why.rows === undefined ? '-' : String(why.rows),
    ]),
  ),
  '',
  ...tableLines(
    terminal,
    [
      { name: 'time (UTC)' },
      { name: 'what' },
      { name: 'batch', narrowest: 10 },
      { name: 'attempt', align: 'right' },
      { name: 'said', narrowest: 16 },
    ],
    life.map((event) => [
      event.at,
      event.what,
      event.releasedAs ?? event.batchId,
      String(event.attempt),
      saidOf(event),
    ]),
  ),
];

const saidOf = ({ by, why }: Happened): string => (by === null ? '-' : `by ${by}${why === null ? '' : `: ${why}`}`);

/** The exact next command for a document in this state. */
export const nextOf = (it: Pick<HeldDocument, 'id' | 'state' | 'pipeline' | 'releasedAs'>): string => {
  if (it.state === 'held') return `quarantine release ${it.pipeline} --id ${it.id}`;
  return it.state === 'released' && it.releasedAs !== null ? `batch ${it.releasedAs}` : 'reconcile';
};
