import { attachWarehouse, expectData } from '../attach.ts';
import { toText } from '../cells.ts';
import { nextCommand, type Context } from '../context.ts';
import { listDeadLetters } from '../flow/dead-letters.ts';
import type { CommonOptions } from '../options.ts';
import { openSession, type Row } from '../session.ts';
import { tableLines } from '../view/report.ts';

export interface DeadLettersOptions extends CommonOptions {
  readonly since?: Date;
  readonly most: number;
}

const COLUMNS = ['SERVICE', 'EVENT_TYPE', 'BATCH_ID', 'KIND', 'KEPT_AT', 'REASON'] as const;

/** Lists what services gave up, newest first; as JSON with the whole messages. */
export const listLetters = async (context: Context, options: DeadLettersOptions): Promise<number> => {
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const letters = await session.rows(listDeadLetters(options.since, options.most));
    await session.close();
    const deadLetters = letters.map(letterOf);
    const lines = letters.length === 0 ? ['No dead letters'] : linesOf(context, letters, options);
    await context.terminal.result(options.json ? `${JSON.stringify({ deadLetters })}\n` : `${lines.join('\n')}\n`);
    return 0;
  } finally {
    await warehouse.close();
  }
};

const letterOf = (row: Row) => ({
  messageId: row['MESSAGE_ID'],
  service: row['SERVICE'],
  type: row['EVENT_TYPE'],
  batchId: row['BATCH_ID'],
  attempt: row['ATTEMPT'],
  kind: row['KIND'],
  reason: row['REASON'],
  receives: row['RECEIVES'],
  sentAt: row['SENT_AT'],
  keptAt: row['KEPT_AT'],
  body: row['BODY'],
});

const linesOf = (context: Context, letters: readonly Row[], { data }: CommonOptions): readonly string[] => [
  ...tableLines(
    context.terminal,
    [
      { name: 'service' },
      { name: 'event' },
      { name: 'batch', narrowest: 10 },
      { name: 'class' },
      { name: 'kept (UTC)' },
      { name: 'reason', narrowest: 20 },
    ],
    letters.map((row) => COLUMNS.map((it) => toText(row[it] ?? null).slice(0, it === 'KEPT_AT' ? 19 : 200))),
  ),
  `A batch among them is replayed like any other: ${nextCommand(context, 'replay ID', data)}; whole messages: --json`,
];
