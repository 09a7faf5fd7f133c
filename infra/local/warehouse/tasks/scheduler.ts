import { randomUUID } from 'node:crypto';
import type { Warehouse } from '../warehouse.ts';
import { allTasks } from './find-task.ts';
import { runGraph } from './graph.ts';
import type { RunHistory, TaskRun } from './run-history.ts';
import { nextRun, parseSchedule } from './schedule.ts';
import type { TaskObject } from './task-object.ts';
import { TaskRunner } from './task-runner.ts';

const POLL_MS = 100;

/** What the scheduler remembers of a root task while it is resumed. */
interface Clock {
  readonly task: TaskObject;
  next: Date | undefined;
}

/** Starts tasks when their time or their data has come; each graph runs one at a time. */
export class Scheduler {
  readonly #warehouse: Warehouse;
  readonly history: RunHistory;
  readonly #runner: TaskRunner;
  readonly #clocks = new Map<number, Clock>();
  readonly #running = new Map<number, Promise<void>>();
  readonly #asked = new Map<number, string | undefined>();
  readonly #triggeredAt = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(warehouse: Warehouse, history: RunHistory) {
    this.#warehouse = warehouse;
    this.history = history;
    this.#runner = new TaskRunner(warehouse, history);
  }

  /** Looks at the clock again and again; without this, only `runDue` starts anything. */
  start(): void {
    const look = (): void => {
      void this.#startDue()
        .catch(() => undefined)
        .finally(() => {
          if (!this.#closed) this.#timer = setTimeout(look, POLL_MS);
        });
    };
    look();
  }

  /** Starts whatever is due by the warehouse's clock, and waits for the end of it all. */
  async runDue(): Promise<void> {
    await this.#startDue();
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  /** Runs a task as soon as it is free; asking again before that changes nothing but the configuration. */
  execute(task: TaskObject, config: string | undefined): void {
    this.#asked.set(task.id, config);
    this.#begin(task);
  }

  /** Runs that are scheduled for later, as TASK_HISTORY lists them. */
  coming(): TaskRun[] {
    return [...this.#clocks.values()].flatMap(({ task, next }) => (next === undefined ? [] : [scheduled(task, next)]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const session of this.#warehouse.sessions) if (session.user === 'SYSTEM') await session.close();
    await Promise.all(this.#running.values());
  }

  async #startDue(): Promise<void> {
    const now = this.#warehouse.clock();
    const roots = allTasks(this.#warehouse.catalog).filter(
      ({ details }) => details.started && details.after.length === 0 && details.finalizes === undefined,
    );
    for (const id of this.#clocks.keys()) if (!roots.some((task) => task.id === id)) this.#clocks.delete(id);
    for (const task of roots) {
      if (task.details.schedule === undefined) await this.#trigger(task, now);
      else await this.#keepTime(task, now);
    }
  }

  async #keepTime(task: TaskObject, now: Date): Promise<void> {
    const schedule = parseSchedule(task.details.schedule!);
    const base = new Date(task.details.base);
    let clock = this.#clocks.get(task.id);
    if (clock === undefined || clock.task !== task) {
      const last = (await this.history.lastScheduled(task.id)) ?? base;
      clock = { task, next: nextRun(schedule, base, last < base ? base : last) };
      this.#clocks.set(task.id, clock);
    }
    const { next } = clock;
    if (next === undefined || next > now) return;
    clock.next = nextRun(schedule, base, now);
    // A run that is late because the one before it still works is left out, not queued.
    if (!this.#running.has(task.id)) this.#run(task, next, 'SCHEDULE', undefined);
  }

  async #trigger(task: TaskObject, now: Date): Promise<void> {
    if (task.details.condition === undefined || this.#running.has(task.id)) return;
    const last = this.#triggeredAt.get(task.id);
    if (last !== undefined && now.getTime() - last < task.details.minimumTriggerSeconds * 1000) return;
    if (!(await this.#runner.holds(task).catch(() => false)) || this.#running.has(task.id)) return;
    this.#triggeredAt.set(task.id, now.getTime());
    this.#run(task, now, 'TRIGGER', undefined);
  }

  #begin(task: TaskObject): void {
    if (this.#closed || this.#running.has(task.id) || !this.#asked.has(task.id)) return;
    const config = this.#asked.get(task.id);
    this.#asked.delete(task.id);
    this.#run(task, this.#warehouse.clock(), 'EXECUTE_TASK', config);
  }

  #run(root: TaskObject, scheduledAt: Date, scheduledFrom: TaskRun['scheduledFrom'], config: string | undefined): void {
    const occasion = { root, scheduledAt, scheduledFrom, group: randomUUID(), config: config ?? root.details.config };
    const run = runGraph(this.#warehouse, this.history, this.#runner, occasion)
      .catch(() => undefined)
      .finally(() => {
        this.#running.delete(root.id);
        this.#begin(root);
      });
    this.#running.set(root.id, run);
  }
}

const scheduled = (task: TaskObject, at: Date): TaskRun => ({
  taskId: task.id,
  path: task.path,
  rootId: task.id,
  group: '',
  queryId: undefined,
  queryText: task.details.definition,
  condition: task.details.condition,
  state: 'SCHEDULED',
  errorCode: undefined,
  errorMessage: undefined,
  scheduledAt: at,
  startedAt: undefined,
  completedAt: undefined,
  returnValue: undefined,
  scheduledFrom: 'SCHEDULE',
  config: task.details.config,
});

const schedulers = new WeakMap<Warehouse, Scheduler>();

/** The scheduler of a warehouse. */
export const schedulerOf = (warehouse: Warehouse): Scheduler => schedulers.get(warehouse)!;

export const setScheduler = (warehouse: Warehouse, scheduler: Scheduler): void =>
  void schedulers.set(warehouse, scheduler);
