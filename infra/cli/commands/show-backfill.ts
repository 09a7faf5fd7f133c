import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../local/write-whole.ts';
import { attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import {
  comparisonOf,
  findBackfill,
  findBackfills,
  knownBackfill,
  type BackfillStatus,
  type KnownBackfill,
} from '../flow/backfill-state.ts';
import { backfillView, type BackfillView } from '../flow/backfill-view.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession, type Session } from '../session.ts';
import { backfillHtml } from '../view/backfill-html.ts';
import { backfillLines, backfillsTable } from '../view/backfill-lines.ts';

/** Tells how a backfill stands and what its comparison found. */
export const showBackfill = async (context: Context, ending: string, options: CommonOptions): Promise<number> => {
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const id = await findBackfill(session, ending, nextCommand(context, 'backfill list', options.data));
    const exitCode = await tellBackfill(context, session, await knownBackfill(session, id), options);
    await session.close();
    return exitCode;
  } finally {
    await warehouse.close();
  }
};

/** Lists backfills, the newest first. */
export const listBackfills = async (
  context: Context,
  options: CommonOptions & { readonly most: number },
): Promise<number> => {
  const { terminal } = context;
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const views: BackfillView[] = [];
    for (const id of await findBackfills(session, '', options.most)) {
      const view = backfillView(await knownBackfill(session, id));
      if (view) views.push(view);
    }
    await session.close();
    const next = nextCommand(context, views.length > 0 ? 'backfill show ID' : 'backfill PIPELINE', options.data);
    const text =
      views.length > 0
        ? [...backfillsTable(terminal, views), '', `next   ${next}`]
        : ['No backfills yet', `next   ${next}`];
    await terminal.result(options.json ? `${JSON.stringify({ backfills: views })}\n` : `${text.join('\n')}\n`);
    return 0;
  } finally {
    await warehouse.close();
  }
};

/** What a shell may go by: 0 for what has come to its good end or still runs, 3 for what waits for a person, 1 for the rest. */
const EXIT: Readonly<Record<BackfillStatus, number>> = {
  'asked for': 0,
  running: 0,
  published: 0,
  'rolled back': 0,
  'waits for approval': 3,
  barred: 3,
  cancelled: 1,
  failed: 1,
  refused: 1,
};

/** Prints a backfill with its comparison, keeps the page beside, and returns the exit code. */
export const tellBackfill = async (
  context: Context,
  session: Session,
  known: KnownBackfill,
  options: CommonOptions,
): Promise<number> => {
  const { terminal } = context;
  const view = backfillView(known);
  if (!view)
    throw new Refusal(`the coordinator has not heard of ${known.id} yet; the request waits in its queue`, {
      next: nextCommand(context, `backfill show ${known.id}`, options.data),
      exitCode: 1,
    });
  const report = await comparisonOf(session, view.id);
  const page = report && (await keepPage(options.data, view.id, backfillHtml(view, report)));
  const next = nextCommand(context, nextOf(view), options.data);
  const text = options.json
    ? JSON.stringify({ ...view, ...(report && { report, page }), next })
    : [
        ...backfillLines(terminal, view, report),
        ...(page === undefined ? [] : [`page   ${page}`]),
        `next   ${next}`,
      ].join('\n');
  await terminal.result(`${text}\n`);
  return EXIT[view.status];
};

const keepPage = async (data: string, id: string, html: string): Promise<string> => {
  const directory = join(data, 'backfills');
  await mkdir(directory, { recursive: true });
  const page = join(directory, `${id}.html`);
  // It shows rows: nobody else on this machine may read it.
  await writeWhole(page, html);
  return page;
};

const nextOf = ({ id, status, pipeline }: BackfillView): string => {
  if (status === 'waits for approval') return `backfill approve ${id}`;
  if (status === 'barred') return `backfill cancel ${id}`;
  if (status === 'published') return `backfill rollback ${id}`;
  return status === 'asked for' || status === 'running' ? `backfill show ${id}` : `backfill ${pipeline}`;
};
