import { randomUUID } from 'node:crypto';
import { BatchId } from '../../../events/contract.ts';
import type { BackfillInstructed } from '../../../events/backfill-instructed.v1.ts';
import { attachPlace, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import {
  findBackfill,
  knownBackfill,
  statusOf,
  type BackfillStatus,
  type KnownBackfill,
} from '../flow/backfill-state.ts';
import { put } from '../operate/ask.ts';
import { followBackfill } from '../operate/follow-backfill.ts';
import { PACE, type CommonOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { openSession } from '../session.ts';
import { tellBackfill } from './show-backfill.ts';

export type InstructOptions = CommonOptions & {
  readonly by: string;
  readonly follow: boolean;
  readonly timeout: number;
};
type Instruction = BackfillInstructed['data']['instruction'];

/** In which state a backfill can still be told so. */
const FITS: Readonly<Record<Instruction, readonly BackfillStatus[]>> = {
  approve: ['waits for approval'],
  cancel: ['asked for', 'running', 'waits for approval', 'barred'],
  rollback: ['published'],
};

const DONE: Readonly<Record<Instruction, string>> = {
  approve: 'approved',
  cancel: 'cancelled',
  rollback: 'rolled back',
};

/** Tells a backfill what is to become of it, and follows it there. */
export const instructBackfill = async (
  context: Context,
  ending: string,
  instruction: Instruction,
  options: InstructOptions,
): Promise<number> => {
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const stack = await attachPlace(options.data, PACE);
  try {
    const session = await openSession(stack.at.warehouse);
    const id = await findBackfill(session, ending, nextCommand(context, 'backfill list', options.data));
    const before = await knownBackfill(session, id);
    const status = statusOf(before.state);
    if (!FITS[instruction].includes(status)) {
      const next = nextCommand(context, `backfill show ${id}`, options.data);
      throw new Refusal(`backfill ${id} can't be ${DONE[instruction]}: it ${verbOf(status)}`, { next });
    }
    const event = instructionOf(before, instruction, options.by, new Date());
    await put(stack.at, [event]);
    context.terminal.note(`Told ${id}: ${instruction}, by ${options.by}\n`);
    const { known } = await followBackfill(context, session, {
      id,
      timeoutSeconds: options.follow || stack.isOwn ? options.timeout : 0,
      isDone: ({ state }) => isDone[instruction](state, event),
    });
    const refused = known.state.refusals.includes(event.id);
    const told = await tellBackfill(context, session, known, options);
    await session.close();
    if (refused) return 1;
    return instruction === 'cancel' && statusOf(known.state) === 'cancelled' ? 0 : told;
  } finally {
    await stack.close();
  }
};

const verbOf = (status: BackfillStatus): string => (status.startsWith('waits') ? status : `is ${status}`);

type Ends = (state: KnownBackfill['state'], event: BackfillInstructed) => boolean;
const isDone: Readonly<Record<Instruction, Ends>> = {
  approve: ({ ended }) => ended !== undefined,
  cancel: ({ ended }) => ended !== undefined,
  rollback: ({ steps, refusals }, event) => steps.restored !== undefined || refusals.includes(event.id),
};

const instructionOf = (
  { id, state }: KnownBackfill,
  instruction: Instruction,
  by: string,
  now: Date,
): BackfillInstructed => {
  const eventId = randomUUID();
  return {
    type: 'backfill.instructed.v1',
    id: eventId,
    time: now.toISOString(),
    pipeline: state.request!.pipeline,
    batchId: BatchId.parse(id),
    attempt: 1,
    // An approval is of the comparison that was looked at, and of no later one.
    causationId: instruction === 'approve' ? state.steps.compared!.id : null,
    traceId: eventId,
    data: { instruction, by },
  };
};
