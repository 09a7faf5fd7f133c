import type { Context } from '../context.ts';
import { nextCommand } from '../context.ts';
import { listHeld, type WantedDocuments } from '../flow/held-documents.ts';
import type { Session } from '../session.ts';
import { plural } from '../view/numbers.ts';
import { tableLines } from '../view/report.ts';
import { meantFlows, type QuarantineOptions } from './options.ts';
import { heldDocument, reasonText, type HeldDocument } from './read.ts';

/** What of the options narrows a list. */
export const wantedOf = ({ state, rule, column, batch, since }: QuarantineOptions): WantedDocuments => ({
  ...(state !== 'any' && { state: state ?? 'held' }),
  ...(rule !== undefined && { rule }),
  ...(column !== undefined && { column }),
  ...(batch !== undefined && { batch }),
  ...(since !== undefined && { since }),
});

/** Lists documents that are held, or in another state, what was seen last first. */
export const listDocuments = async (
  session: Session,
  context: Context,
  options: QuarantineOptions,
): Promise<number> => {
  const found: HeldDocument[] = [];
  for (const flow of meantFlows(options.pipeline))
    for (const row of await session.rows(listHeld(flow, wantedOf(options), options.most)))
      found.push(heldDocument(flow.pipeline, row));
  const text = options.json ? JSON.stringify({ documents: found }) : lines(context, found, options).join('\n');
  await context.terminal.result(`${text}\n`);
  return 0;
};

const lines = (context: Context, found: readonly HeldDocument[], options: QuarantineOptions): readonly string[] => {
  if (found.length === 0) return [`No documents are ${options.state ?? 'held'}`];
  return [
    ...tableLines(
      context.terminal,
      [
        { name: 'document' },
        { name: 'pipeline' },
        { name: 'state' },
        { name: 'order', narrowest: 8 },
        { name: 'file:line', narrowest: 16 },
        { name: 'reason', narrowest: 24 },
        { name: 'batch', narrowest: 10 },
        { name: 'last seen (UTC)' },
      ],
      found.map((it) => [
        it.id,
        it.pipeline,
        it.state,
        it.order ?? '-',
        `${it.file.split('/').at(-1)}:${it.line}`,
        reasonsText(it),
        it.batchId,
        it.lastSeen,
      ]),
    ),
    ...(found.length < options.most ? [] : [`The newest ${plural(found.length, 'document')}; --most shows more`]),
    `One of them: ${nextCommand(context, 'quarantine show ID', options.data)}; by rule: ${nextCommand(context, 'quarantine explain', options.data)}`,
  ];
};

const reasonsText = ({ reasons }: HeldDocument): string => {
  const [first, ...more] = reasons;
  if (!first) return '-';
  return `${reasonText(first)}${more.length === 0 ? '' : ` (and ${more.length} more)`}`;
};
