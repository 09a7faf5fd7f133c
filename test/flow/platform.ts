import { read, type Contract, type EventOf } from '../../events/contract.ts';
import { TOPOLOGIES } from '../../infra/local/topologies.ts';
import type { Publish } from '../../shared/bus/publisher.ts';
import { RetryLater } from '../../shared/errors.ts';
import { consume } from '../../shared/lambda/consume.ts';
import type { Warehouse } from '../../shared/snowflake/warehouse.ts';
import { delivered, received } from '../../shared/testing/queue.ts';
import { scheduledMessage } from '../../shared/topology.ts';
import type { Random } from '../fixtures/random.ts';
import { failing } from './failing-warehouse.ts';
import { ROUTES } from '../../infra/local/routes.ts';

interface Message {
  readonly type: string;
  readonly body: string;
  receives: number;
}

/** How unkind the platform is; a message that has been received three times is spared. */
export interface Unkindness {
  /** Every event comes twice to each of its listeners. */
  readonly isDoubled: boolean;
  /** A service dies once in so many moments; 0 for never. */
  readonly diesOnceIn: number;
  /** How many functions are at work at the same time. */
  readonly atOnce: number;
  /** Whether a service is killed just before or after it has put an event on the bus; the message that it was at is lost. */
  readonly kills?: (service: string, event: EventOf<Contract>, moment: 'before' | 'after') => boolean;
}

export const KIND: Unkindness = { isDoubled: false, diesOnceIn: 0, atOnce: 1 };

/** Five services on queues and a bus in memory, wired by their topologies; messages come in random order. */
export const platform = (connect: (service: string) => Warehouse, by: Random, unkind: Unkindness) => {
  const queues = new Map<string, Message[]>(TOPOLOGIES.map((it) => [it.service, []]));
  const published: EventOf<Contract>[] = [];
  const deadLetters: Message[] = [];

  const emit = (event: EventOf<Contract>): void => {
    // A repeated event is not doubled again: copies of copies would never end.
    const copies = unkind.isDoubled && !published.some((it) => it.id === event.id) ? 2 : 1;
    published.push(event);
    for (const { service } of TOPOLOGIES.filter((it) => it.hears.includes(event.type)))
      for (let copy = 0; copy < copies; copy += 1)
        queues.get(service)!.push({ type: event.type, body: delivered(event), receives: 0 });
  };

  const lambda = ({ service, maxReceives }: (typeof TOPOLOGIES)[number]) => {
    let isSpared = false;
    let isKilled = false;
    const killed = (event: EventOf<Contract>, moment: 'before' | 'after'): void => {
      if (!unkind.kills?.(service, event, moment)) return;
      isKilled = true;
      throw new RetryLater(`killed ${moment} ${event.type}`);
    };
    const dies = (): boolean => !isSpared && unkind.diesOnceIn > 0 && by.once(unkind.diesOnceIn);
    const publish: Publish = async (outgoing) => {
      for (const { contract, event } of outgoing) {
        if (dies()) throw new RetryLater('died before the bus had the event');
        killed(event, 'before');
        const { type: _, ...detail } = event;
        emit(read(contract, JSON.parse(JSON.stringify(detail))));
        killed(event, 'after');
        if (dies()) throw new RetryLater('died before it heard that the bus has the event');
      }
    };
    const deps = { warehouse: failing(connect(service), dies), publish, now: () => new Date(), stage: 'dev' as const };
    const later = async (body: string): Promise<void> => {
      const { 'detail-type': type } = JSON.parse(body) as { 'detail-type': string };
      queues.get(service)!.push({ type, body, receives: 0 });
    };
    const handler = consume({ service, maxReceives, later, log: () => undefined, ...deps }, ROUTES[service]!(deps));
    return async (): Promise<void> => {
      const queue = queues.get(service)!;
      if (queue.length === 0) return;
      const [message] = queue.splice(by.whole(0, queue.length - 1), 1);
      message!.receives += 1;
      isSpared = message!.receives > 2;
      isKilled = false;
      const { batchItemFailures } = await handler(received([message!.body], message!.receives));
      if (batchItemFailures.length === 0 || isKilled) return;
      (message!.receives >= maxReceives ? deadLetters : queue).push(message!);
    };
  };

  const hands = Array.from({ length: unkind.atOnce }, () =>
    TOPOLOGIES.map((topology) => ({ queue: queues.get(topology.service)!, work: lambda(topology) })),
  );

  return {
    published,
    deadLetters,
    emit,
    /** Puts on a service's queue what one of its schedules puts there. */
    strike(service: string, schedule: string): void {
      const body = JSON.stringify(scheduledMessage(schedule));
      queues.get(service)!.push({ type: schedule, body, receives: 0 });
    },
    /** Delivers until nothing is left to deliver. */
    async run(): Promise<void> {
      const isIdle = (): boolean => [...queues.values()].every((it) => it.length === 0);
      while (!isIdle()) {
        await Promise.all(
          hands.map(async (services) => {
            const busy = services.filter((it) => it.queue.length > 0);
            if (busy.length > 0) await by.pick(busy).work();
          }),
        );
      }
    },
  };
};
