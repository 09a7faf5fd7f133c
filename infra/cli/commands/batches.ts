import { attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import type { BatchView } from '../flow/batch-view.ts';
import { flowNamed } from '../flow/find-batch.ts';
import { findBatches } from '../flow/find-batches.ts';
import type { Status } from '../flow/statuses.ts';
import { flows } from '../flow/flow-tables.ts';
import type { CommonOptions } from '../options.ts';
import { openSession } from '../session.ts';
import type { Terminal } from '../terminal.ts';
import { grouped } from '../view/numbers.ts';
import { tableLines } from '../view/report.ts';

export interface BatchesOptions extends CommonOptions {
  readonly pipeline?: string;
  readonly status?: Status;
  readonly since?: Date;
  readonly most: number;
}

/** Lists batches, newest first. */
export const batches = async (context: Context, options: BatchesOptions): Promise<number> => {
  const { terminal } = context;
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const asked = options.pipeline === undefined ? flows() : [flowNamed(options.pipeline)];
  const warehouse = await attachWarehouse(options.data);
  try {
    const session = await openSession(warehouse.at);
    const found: BatchView[] = [];
    for (const flow of asked) found.push(...(await findBatches(session, flow, options)));
    await session.close();
    const lines = (): string[] =>
      found.length === 0
        ? ['No such batches']
        : [...batchesTable(terminal, found), `More of one: ${nextCommand(context, 'batch ID', options.data)}`];
    await terminal.result(options.json ? `${JSON.stringify({ batches: found })}\n` : `${lines().join('\n')}\n`);
    return 0;
  } finally {
    await warehouse.close();
  }
};

/** One line a batch. */
export const batchesTable = (terminal: Terminal, found: readonly BatchView[]): readonly string[] =>
  tableLines(
    terminal,
    [
      { name: 'batch', narrowest: 23 },
      { name: 'status' },
      { name: 'try', align: 'right' },
      { name: 'docs', align: 'right' },
      { name: 'loaded', align: 'right' },
      { name: 'began (UTC)' },
      { name: 'failed in' },
    ],
    found.map((it) => [
      it.batchId,
      it.status,
      String(it.attempt),
      grouped(it.documents.in),
      grouped(it.loaded),
      it.began.slice(5, 16).replace('T', ' '),
      it.failure?.service ?? '',
    ]),
  );
