import { setTimeout as sleep } from 'node:timers/promises';
import { attachStack } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { flows } from '../flow/flow-tables.ts';
import { loggedEvent, recordedSince } from '../flow/read-flow.ts';
import { paceOf, type CommonOptions, type PaceOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession, type Session } from '../session.ts';
import { environmentLines } from '../view/environment.ts';
import { eventLine } from '../view/event-line.ts';
import { visible } from '../view/text.ts';

export type UpOptions = CommonOptions & PaceOptions;

const POLL_MS = 500;
// Events are recorded a little before their transaction makes them visible.
const OVERLAP_MS = 60_000;

/** Keeps the stack in the foreground and tells of every batch event, until stopped. */
export const up = async (context: Context, options: UpOptions): Promise<number> => {
  const { terminal, stop } = context;
  terminal.note(`Starting on ${options.data}\n`);
  const started = new Date();
  const stack = await attachStack(options.data, paceOf(options), options.notify);
  if (!stack.isOwn)
    throw new Refusal(`a stack runs on ${options.data} already, as process ${stack.at.pid}`, {
      next: nextCommand(context, 'status', options.data),
    });
  try {
    const { at } = stack;
    if (options.json) await terminal.result(`${JSON.stringify({ data: options.data, ...at })}\n`);
    else {
      await terminal.result(`${environmentLines(at).join('\n')}\n`);
      terminal.note(`Running; ^C stops it. Put files in with: ${nextCommand(context, 'ingest FILE', options.data)}\n`);
    }
    const write = options.json ? terminal.note : (text: string) => void terminal.result(text);
    const session = await openSession(at.warehouse);
    await tellEvents(session, { since: started, stop, write });
    terminal.note('Stopping: what is in flight goes on at the next start\n');
    await session.close();
    return 0;
  } finally {
    await stack.close();
  }
};

/** Writes each event once, as soon as it can be read. */
const tellEvents = async (
  session: Session,
  { since, stop, write }: { since: Date; stop: AbortSignal; write: (text: string) => void },
): Promise<void> => {
  const told = new Map<string, number>();
  const [flow] = flows();
  while (!stop.aborted) {
    const from = Math.max(since.getTime(), Date.now() - OVERLAP_MS);
    for (const event of (await session.rows(recordedSince(flow!, new Date(from)))).map(loggedEvent)) {
      if (told.has(event.id)) continue;
      told.set(event.id, Date.now());
      write(`${visible(eventLine(event))}\n`);
    }
    for (const [id, at] of told) if (at < from - OVERLAP_MS) told.delete(id);
    await sleep(POLL_MS, undefined, { signal: stop }).catch(() => undefined);
  }
};
