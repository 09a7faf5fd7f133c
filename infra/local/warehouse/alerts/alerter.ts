import type { Warehouse } from '../warehouse.ts';
import { nextRun, parseSchedule } from '../tasks/schedule.ts';
import type { AlertObject } from './alert-object.ts';
import { runAlert, type AlertRun } from './run-alert.ts';

const POLL_MS = 200;
const MOST_RUNS = 10_000;

/** Evaluates alerts when their time has come, each one at a time; remembers what came of it until the warehouse ends. */
export class Alerter {
  readonly history: AlertRun[] = [];
  readonly #warehouse: Warehouse;
  readonly #next = new Map<number, { readonly alert: AlertObject; at: Date | undefined }>();
  readonly #running = new Map<number, Promise<void>>();
  readonly #succeeded = new Map<number, Date>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Looks at the clock again and again. */
  start(): void {
    const look = (): void => {
      this.#startDue();
      if (!this.#closed) this.#timer = setTimeout(look, POLL_MS).unref();
    };
    look();
  }

  /** Evaluates whatever is due by the warehouse's clock, and waits for the end of it all. */
  async runDue(): Promise<void> {
    this.#startDue();
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Evaluates an alert now, behind the evaluation that is under way. */
  execute(alert: AlertObject): void {
    const before = this.#running.get(alert.id) ?? Promise.resolve();
    this.#keep(
      alert,
      before.then(() => this.#run(alert, this.#warehouse.clock(), 'EXECUTE ALERT')),
    );
  }

  /** Evaluations that are to come, as ALERT_HISTORY lists them. */
  coming(): AlertRun[] {
    return [...this.#next.values()].flatMap(({ alert, at }) =>
      at === undefined
        ? []
        : [{ alert, state: 'SCHEDULED' as const, scheduledAt: at, scheduledFrom: 'SCHEDULE' as const }],
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await Promise.all(this.#running.values());
  }

  #startDue(): void {
    const now = this.#warehouse.clock();
    const started = (this.#warehouse.catalog.list('ALERT') as AlertObject[]).filter(({ details }) => details.started);
    for (const id of this.#next.keys()) if (!started.some((alert) => alert.id === id)) this.#next.delete(id);
    for (const alert of started) {
      const schedule = parseSchedule(alert.details.schedule);
      const base = new Date(alert.details.base);
      let known = this.#next.get(alert.id);
      if (known?.alert !== alert) {
        known = { alert, at: nextRun(schedule, base, base) };
        this.#next.set(alert.id, known);
      }
      const due = known.at;
      if (due === undefined || due > now) continue;
      known.at = nextRun(schedule, base, now);
      // An evaluation that is late because the one before it still works is left out.
      if (!this.#running.has(alert.id)) this.#keep(alert, this.#run(alert, due, 'SCHEDULE'));
    }
  }

  #keep({ id }: AlertObject, work: Promise<void>): void {
    const kept = work
      .catch(() => undefined)
      .finally(() => {
        if (this.#running.get(id) === kept) this.#running.delete(id);
      });
    this.#running.set(id, kept);
  }

  async #run(alert: AlertObject, scheduledAt: Date, scheduledFrom: AlertRun['scheduledFrom']): Promise<void> {
    const last = this.#succeeded.get(alert.id) ?? new Date(alert.createdOn);
    const run = await runAlert(this.#warehouse, alert, { scheduledAt, scheduledFrom }, last);
    if (run.state === 'TRIGGERED' || run.state === 'CONDITION_FALSE') this.#succeeded.set(alert.id, scheduledAt);
    this.history.push(run);
    if (this.history.length > MOST_RUNS) this.history.shift();
  }
}

const alerters = new WeakMap<Warehouse, Alerter>();

/** What evaluates the alerts of a warehouse. */
export const alerterOf = (warehouse: Warehouse): Alerter => alerters.get(warehouse)!;

export const setAlerter = (warehouse: Warehouse, alerter: Alerter): void => void alerters.set(warehouse, alerter);
