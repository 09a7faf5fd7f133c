import { attachPlace, attachWarehouse, expectData } from '../attach.ts';
import { nextCommand, type Context } from '../context.ts';
import { PACE } from '../options.ts';
import { discard, release, type Reached } from '../quarantine/act.ts';
import { explainQuarantine } from '../quarantine/explain.ts';
import { listDocuments } from '../quarantine/list.ts';
import type { QuarantineOptions } from '../quarantine/options.ts';
import { showDocument } from '../quarantine/show.ts';
import { tryRelease } from '../quarantine/trial.ts';
import { Refusal } from '../refusal.ts';
import { openSession, type Session } from '../session.ts';

export type What = 'list' | 'show' | 'explain' | 'dry-run' | 'release' | 'discard';

/** Looks at the quarantine, or asks for something to be done about what is in it. */
export const quarantine = (
  context: Context,
  what: What,
  name: string | undefined,
  options: QuarantineOptions,
): Promise<number> => {
  expectData(options.data, nextCommand(context, 'run FILE...', options.data));
  const of = { ...options, ...(name !== undefined && what !== 'show' && { pipeline: name }) };
  switch (what) {
    case 'list':
      return looking(of, (session) => listDocuments(session, context, of));
    case 'explain':
      return looking(of, (session) => explainQuarantine(session, context, of));
    case 'dry-run':
      return looking(of, (session) => tryRelease(session, context, of));
    case 'show': {
      if (name === undefined)
        throw new Refusal('name the document to show', { next: nextCommand(context, 'quarantine list', options.data) });
      return looking(of, (session) => showDocument(session, context, name, of));
    }
    case 'release':
      return reaching(of, (reached) => release(reached, context, of));
    case 'discard':
      return reaching(of, (reached) => discard(reached, context, of));
  }
};

const looking = async ({ data }: QuarantineOptions, work: (session: Session) => Promise<number>): Promise<number> => {
  const warehouse = await attachWarehouse(data);
  try {
    const session = await openSession(warehouse.at);
    try {
      return await work(session);
    } finally {
      await session.close();
    }
  } finally {
    await warehouse.close();
  }
};

const reaching = async ({ data }: QuarantineOptions, work: (reached: Reached) => Promise<number>): Promise<number> => {
  const stack = await attachPlace(data, PACE);
  try {
    const session = await openSession(stack.at.warehouse);
    try {
      return await work({ at: stack.at, session });
    } finally {
      await session.close();
    }
  } finally {
    await stack.close();
  }
};
