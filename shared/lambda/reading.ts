import * as z from 'zod';
import { Envelope, type Contract, type EventOf } from '../../events/contract.ts';
import { BadMessage, Defect } from '../errors.ts';
import { unhurried, type Course } from '../snowflake/course.ts';
import { scheduledMessage } from '../topology.ts';
import { FollowUp } from './follow-up.ts';

/** What the queue holds: an event as EventBridge delivers it, or as Snowflake's notification spells it. */
const Delivery = z.object({ 'detail-type': z.string(), detail: z.unknown(), followUp: FollowUp.exactOptional() });

/** One kind of message and what to do about it. */
export interface Route {
  readonly type: string;
  /** Does what the message asks; a BadMessage if its detail breaks the contract. */
  handle(detail: unknown, course: Course): Promise<void>;
}

/** Binds a contract to its handler, so that the handler sees events of that shape only. */
export const on = <C extends Contract>(
  contract: C,
  handle: (event: EventOf<C>, course: Course) => Promise<void>,
): Route => ({
  type: contract.type,
  async handle(detail, course) {
    const parsed = contract.detail.safeParse(detail);
    if (!parsed.success) throw new BadMessage(`${contract.type} breaks its contract: ${explain(parsed.error)}`);
    await handle({ ...parsed.data, type: contract.type } as EventOf<C>, course);
  },
});

/** Binds one of the topology's schedules to what it is for. */
export const onSchedule = (name: string, run: (course: Course) => Promise<void>): Route => ({
  type: scheduledMessage(name)['detail-type'],
  handle: (_, course) => run(course),
});

/** A message on its way to a handler; `envelope` is there as soon as we can tell which batch it is about. */
export interface Reading {
  readonly type: string;
  readonly envelope: Envelope | undefined;
  /** What an earlier invocation left to this one. */
  readonly followUp: FollowUp | undefined;
  /** Parses the data and hands it over; a BadMessage if it breaks its contract. */
  run(course?: Course): Promise<void>;
}

/** Reads a queue message as far as it can be read; throws a Defect if it is no event at all. */
export const readMessage = (body: string, routes: readonly Route[]): Reading => {
  const delivery = Delivery.safeParse(parseJson(body));
  if (!delivery.success) throw new Defect('the message is not an event: it has no detail-type and detail');
  const { 'detail-type': type, detail, followUp } = delivery.data;
  const envelope = Envelope.safeParse(detail);
  return {
    type,
    envelope: envelope.success ? envelope.data : undefined,
    followUp,
    async run(course = unhurried()) {
      const route = routes.find((it) => it.type === type);
      if (!route) throw new BadMessage(`no handler for ${type}; this service hears ${typesOf(routes)}`);
      await route.handle(detail, course);
    },
  };
};

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const typesOf = (routes: readonly Route[]): string => routes.map((it) => it.type).join(', ');

// Paths and rules only: zod's messages for literals could repeat values.
const explain = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.') || '(detail)'} ${issue.code}`).join('; ');
