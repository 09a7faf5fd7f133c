import { once } from 'node:events';
import { join } from 'node:path';
import { runningStack } from '../../local/claim-directory.ts';
import { OPERATOR } from '../../local/operator.ts';
import { startWarehouse } from '../../local/warehouse/server.ts';
import { nextCommand, type Context } from '../context.ts';
import type { CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { whenFree } from '../when-free.ts';

export type WarehouseOptions = CommonOptions & {
  readonly port: number;
  readonly lateCommits: number;
};

/** Keeps the warehouse alone in the foreground, for any project that talks to Snowflake, until stopped. */
export const warehouse = async (
  context: Context,
  { data, json, port, lateCommits }: WarehouseOptions,
): Promise<number> => {
  const { terminal, stop } = context;
  const running = await runningStack(data);
  if (running)
    throw new Refusal(`a stack runs on ${data} already; its warehouse is at ${running.warehouse}`, {
      next: nextCommand(context, 'sql "SELECT 1"', data),
    });

  const start = () => startWarehouse({ dataDir: join(data, 'warehouse'), port, lateCommitsMs: lateCommits });
  const started = await whenFree(data, start).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    throw new Refusal(`port ${port} is taken`, { next: nextCommand(context, 'warehouse --port 0', data), cause });
  });
  try {
    const login = { accessUrl: started.url, ...OPERATOR };
    await terminal.result(
      json
        ? `${JSON.stringify({ pid: process.pid, ...login })}\n`
        : `${started.url}\n\nsnowflake.createConnection(${JSON.stringify(login)})\n`,
    );
    terminal.note('Running; ^C stops it. Any account, user and password get in until users are created\n');
    if (!stop.aborted) await once(stop, 'abort');
    return 0;
  } finally {
    await started.close();
  }
};
