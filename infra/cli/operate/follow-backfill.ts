import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.ts';
import { knownBackfill, type KnownBackfill } from '../flow/backfill-state.ts';
import { backfillView, chunkText } from '../flow/backfill-view.ts';
import type { Session } from '../session.ts';
import { visible } from '../view/text.ts';

const POLL_MS = 300;

/** How following ended: as wanted, because nothing moved any more, or because the user said stop. */
export interface Followed {
  readonly ending: 'done' | 'stuck' | 'stopped';
  readonly known: KnownBackfill;
}

/** Tells each step of a backfill as it comes, until it is done or nothing has moved for `timeoutSeconds`. */
export const followBackfill = async (
  { terminal, stop }: Context,
  session: Session,
  of: { readonly id: string; readonly isDone: (known: KnownBackfill) => boolean; readonly timeoutSeconds: number },
): Promise<Followed> => {
  const told = new Set<string>();
  let movedAt = Date.now();
  const tell = (line: string): void => {
    if (told.has(line)) return;
    told.add(line);
    movedAt = Date.now();
    terminal.note(`${visible(line)}\n`);
  };
  for (;;) {
    const known = await knownBackfill(session, of.id);
    const view = backfillView(known);
    for (const { at, what } of view?.moments ?? []) tell(`${at.slice(11, 19)}  ${what}`);
    if (view && view.chunks.all > 0 && !known.state.steps.compared) tell(`          ${chunkText(view)}`);
    if (of.isDone(known)) return { ending: 'done', known };
    if (stop.aborted) return { ending: 'stopped', known };
    if (Date.now() - movedAt >= of.timeoutSeconds * 1000) return { ending: 'stuck', known };
    await sleep(POLL_MS, undefined, { signal: stop }).catch(() => undefined);
  }
};
