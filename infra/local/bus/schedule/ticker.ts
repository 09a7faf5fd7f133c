import { ruleArn } from '../arns.ts';
import type { Bus } from '../bus.ts';
import { envelope } from '../delivery/envelope.ts';
import { keepFor } from '../delivery/route.ts';
import { readSchedule } from './schedule-expression.ts';

/** Runs rules on their schedules. */
export interface Ticker {
  /** Looks again for what comes next: a schedule was put, switched or taken away. */
  reset(): void;
  close(): void;
}

type Due = { readonly bus: string; readonly rule: string; readonly expression: string; readonly next: number };

// Timers hold no more than 24 days; a long wait is taken in parts.
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1000;

const dueBy = ({ store }: Bus, now: number): Due[] =>
  store.all<Due>(
    `SELECT s.* FROM schedules s JOIN rules r ON r.bus = s.bus AND r.name = s.rule
     WHERE r.state = 'ENABLED' AND s.next <= ? ORDER BY s.next, s.rule`,
    now,
  );

/** A schedule's event goes to its own rule's targets only; it is kept for them and the next time written down at once. */
const fire = (bus: Bus, { bus: busName, rule, expression, next }: Due, now: number): readonly number[] => {
  const arn = ruleArn(bus, busName, rule);
  const { region, account } = bus;
  const event = envelope({
    id: bus.newId(),
    detailType: 'Scheduled Event',
    source: 'aws.events',
    account,
    time: next,
    region,
    resources: [arn],
    detail: '{}',
  });
  // However much was missed while nothing ran, it is made up for once.
  const following = readSchedule(expression)(next);
  const later = following !== undefined && following <= now ? readSchedule(expression)(now) : following;
  bus.store.run('UPDATE schedules SET next = ? WHERE bus = ? AND rule = ?', later ?? null, busName, rule);
  return keepFor(bus, { bus: busName, name: rule }, event);
};

/** Starts with what is due; what became due while nothing ran is sent once. */
export const startTicker = (bus: Bus): Ticker => {
  let timer: NodeJS.Timeout | undefined;

  const tick = (): void => {
    bus.background(async () => {
      const now = bus.now();
      const kept = bus.store.transaction(() => dueBy(bus, now).flatMap((due) => fire(bus, due, now)));
      wait();
      await bus.dispatcher.send(kept);
    });
  };

  const wait = (): void => {
    clearTimeout(timer);
    const [first] = bus.store.all<{ next: number | null }>(
      `SELECT min(s.next) AS next FROM schedules s JOIN rules r ON r.bus = s.bus AND r.name = s.rule
       WHERE r.state = 'ENABLED'`,
    );
    const next = first?.next ?? undefined;
    if (next === undefined || bus.closing()) return;
    timer = setTimeout(tick, Math.min(Math.max(0, next - bus.now()), LONGEST_WAIT_MS));
  };

  wait();
  return { reset: wait, close: () => clearTimeout(timer) };
};
