import { randomUUID } from 'node:crypto';
import { attachPlace, attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { flowNamed } from '../flow/find-batch.ts';
import { flows, type Flow } from '../flow/flow-tables.ts';
import { reconcile, type Reconciliation } from '../flow/reconcile.ts';
import { takeOn } from '../flow/reconcile-statements.ts';
import { awaited, put } from '../operate/ask.ts';
import { repairOf } from '../operate/repair.ts';
import { PACE, type CommonOptions } from '../options.ts';
import { openSession, type Session } from '../session.ts';
import { reconciliationLines } from '../view/reconciliation.ts';

export interface ReconcileOptions extends CommonOptions {
  readonly pipeline?: string;
  readonly since?: Date;
  readonly repair?: true;
}

const REPAIR_SECONDS = 120;

/** Proves that every landed document is accounted for; exits with 1 where one is not, after the repair if that was asked for. */
export const reconcileAll = async (context: Context, options: ReconcileOptions): Promise<number> => {
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const asked = options.pipeline === undefined ? flows() : [flowNamed(options.pipeline)];
  const stack = options.repair ? await attachPlace(options.data, PACE) : undefined;
  const own = stack ? undefined : await attachWarehouse(options.data);
  try {
    const session = await openSession(stack ? stack.at.warehouse : own!.at);
    const found: Reconciliation[] = [];
    let replays = 0;
    for (const flow of asked) {
      const first = await reconcile(session, flow, options.since);
      const repair = repairOf(first, new Date(), randomUUID);
      const mends = stack !== undefined && (repair.takesOn || repair.replays.length > 0);
      if (mends && repair.takesOn) await session.rows(takeOn(flow, options.since));
      if (mends) await put(stack.at, repair.replays);
      if (mends) replays += repair.replays.length;
      found.push(mends ? await mended(session, flow, options.since, context, repair.leaves.length) : first);
    }
    await session.close();
    await tell(context, found, options, replays);
    return found.some((it) => it.faults.length > 0) ? 1 : 0;
  } finally {
    await stack?.close();
    await own?.close();
  }
};

/** The balance as soon as nothing is in flight and nothing more can be mended, or when the time for that is up. */
const mended = async (
  session: Session,
  flow: Flow,
  since: Date | undefined,
  { stop }: Context,
  left: number,
): Promise<Reconciliation> => {
  let last = await reconcile(session, flow, since);
  const isOver = async (): Promise<true | undefined> => {
    last = await reconcile(session, flow, since);
    return last.documents.inFlight === 0 && last.faults.length <= left ? true : undefined;
  };
  await awaited(isOver, { seconds: REPAIR_SECONDS, stop });
  return last;
};

const tell = async (
  context: Context,
  found: readonly Reconciliation[],
  options: ReconcileOptions,
  replays: number,
): Promise<void> => {
  const { terminal } = context;
  const isBroken = found.some((it) => it.faults.length > 0);
  const next = nextCommand(context, 'reconcile --repair', options.data);
  const lines = [
    ...(options.repair ? [`Replays asked for: ${replays}`] : []),
    ...found.flatMap((it) => reconciliationLines(terminal, it)),
    ...(isBroken && !options.repair ? ['', `To emit again what is missing: ${next}`] : []),
  ];
  await terminal.result(
    options.json
      ? `${JSON.stringify({ balanced: !isBroken, replayed: replays, pipelines: found })}\n`
      : `${lines.join('\n').trimStart()}\n`,
  );
};
