import { inSession } from '../session/in-session.ts';
import type { Session } from '../session/session.ts';
import { toSnowflakeError } from '../translation/errors.ts';
import type { Warehouse } from '../warehouse.ts';
import type { DynamicTable } from './dynamic-table-object.ts';
import { sourcesOf } from './find-dynamic-table.ts';
import { begun, lagSeconds, renewed, type Refresh } from './refresh.ts';

const MOST_REFRESHES = 10_000;
const POLL_MS = 1000;

/** Brings dynamic tables up to date: when their lag asks for it, when they are told to, and before others that read them. */
export class Refresher {
  readonly history: Refresh[] = [];
  readonly #warehouse: Warehouse;
  readonly #upTo = new Map<number, Date>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  /** Looks again and again for tables whose lag is over. */
  start(): void {
    const look = (): void => {
      this.#working = this.runDue()
        .catch(() => undefined)
        .finally(() => {
          if (!this.#closed) this.#timer = setTimeout(look, POLL_MS).unref();
        });
    };
    look();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working;
  }

  /** Up to when a table has the data of what it reads; undefined before its first refresh since the start. */
  upTo({ id }: DynamicTable): Date | undefined {
    return this.#upTo.get(id);
  }

  /** Notes what CREATE did. */
  created(table: DynamicTable, isFilled: boolean, at: Date): void {
    if (!isFilled) return;
    this.#upTo.set(table.id, at);
    const { path } = table;
    this.#keep({
      ...begun(path, 'CREATION', at, lagSeconds(table)),
      endedAt: this.#warehouse.clock(),
      state: 'SUCCEEDED',
      action: table.details.refreshMode,
    });
  }

  /** Refreshes every table whose lag is over. */
  async runDue(): Promise<void> {
    const now = this.#warehouse.clock();
    for (const table of this.#warehouse.catalog.list('DYNAMIC TABLE') as DynamicTable[]) {
      const seconds = lagSeconds(table);
      if (seconds === undefined || table.details.suspendedOn !== undefined) continue;
      const last = this.#upTo.get(table.id);
      if (last === undefined || now.getTime() - last.getTime() >= seconds * 1000)
        await this.refresh(table, 'SCHEDULED', now, new Map()).catch(() => undefined);
    }
  }

  /** Refreshes a table, after those that it reads; each once at a moment. Throws what its query throws. */
  async refresh(
    table: DynamicTable,
    trigger: Refresh['trigger'],
    at: Date,
    done: Map<number, Promise<Refresh>>,
  ): Promise<Refresh> {
    const under = done.get(table.id) ?? this.#refresh(table, trigger, at, done);
    done.set(table.id, under);
    const refresh = await under;
    if (refresh.error !== undefined) throw refresh.error;
    return refresh;
  }

  async #refresh(
    table: DynamicTable,
    trigger: Refresh['trigger'],
    at: Date,
    done: Map<number, Promise<Refresh>>,
  ): Promise<Refresh> {
    const refresh = this.#keep(begun(table.path, trigger, at, lagSeconds(table)));
    const session = await this.#warehouse.openSession({
      user: 'SYSTEM',
      role: table.owner,
      database: table.path[0]!,
      schema: table.path[1]!,
      warehouse: table.details.warehouse,
    });
    try {
      if (table.details.scheduler !== 'DISABLE') await this.#refreshSources(session, table, trigger, at, done, refresh);
      await inSession(session, new AbortController(), async () => {
        Object.assign(refresh, await renewed(session, table));
      });
      refresh.state = 'SUCCEEDED';
      this.#upTo.set(table.id, at);
    } catch (error) {
      if (refresh.state === 'EXECUTING') refresh.state = 'FAILED';
      refresh.error = toSnowflakeError(error, table.details.query);
    } finally {
      refresh.endedAt = this.#warehouse.clock();
      await session.close();
    }
    return refresh;
  }

  async #refreshSources(
    session: Session,
    table: DynamicTable,
    trigger: Refresh['trigger'],
    at: Date,
    done: Map<number, Promise<Refresh>>,
    own: Refresh,
  ): Promise<void> {
    for (const source of sourcesOf(session, table)) {
      if (source.details.scheduler === 'DISABLE') continue;
      await this.refresh(source, trigger, at, done).catch((error: unknown) => {
        own.state = 'UPSTREAM_FAILED';
        throw error;
      });
    }
  }

  #keep(refresh: Refresh): Refresh {
    this.history.push(refresh);
    if (this.history.length > MOST_REFRESHES) this.history.shift();
    return refresh;
  }
}

const refreshers = new WeakMap<Warehouse, Refresher>();

/** What refreshes the dynamic tables of a warehouse. */
export const refresherOf = (warehouse: Warehouse): Refresher => {
  const known = refreshers.get(warehouse) ?? new Refresher(warehouse);
  refreshers.set(warehouse, known);
  return known;
};
