import type { Duck } from '../engine/duck.ts';
import { quoteString } from '../sql/string-literal.ts';

/** How a run stands or ended. */
export type RunState =
  | 'SCHEDULED'
  | 'EXECUTING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'FAILED_AND_AUTO_SUSPENDED'
  | 'CANCELLED'
  | 'SKIPPED';

/** One run of a task. */
export interface TaskRun {
  readonly taskId: number;
  readonly path: readonly string[];
  readonly rootId: number;
  readonly group: string;
  readonly queryId: string | undefined;
  readonly queryText: string;
  readonly condition: string | undefined;
  readonly state: RunState;
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
  readonly scheduledAt: Date;
  readonly startedAt: Date | undefined;
  readonly completedAt: Date | undefined;
  readonly returnValue: string | undefined;
  readonly scheduledFrom: 'SCHEDULE' | 'EXECUTE_TASK' | 'TRIGGER';
  readonly config: string | undefined;
}

const TABLE = '_catalog.task_runs';
const KEPT_DAYS = 7;
const MOST_SKIPPED = 10_000;

/** The runs of all tasks: finished ones on disk for a week, those under way and those that their condition skipped in memory. */
export class RunHistory {
  readonly #duck: Duck;
  readonly #underWay = new Set<TaskRun>();
  readonly #skipped: TaskRun[] = [];

  private constructor(duck: Duck) {
    this.#duck = duck;
  }

  static async open(duck: Duck): Promise<RunHistory> {
    await duck.run(
      `CREATE TABLE IF NOT EXISTS ${TABLE} (task BIGINT, path VARCHAR[], root BIGINT, run_group VARCHAR, query_id VARCHAR, query_text VARCHAR, condition VARCHAR, state VARCHAR,
        error_code VARCHAR, error_message VARCHAR, scheduled_at TIMESTAMPTZ, started_at TIMESTAMPTZ, completed_at TIMESTAMPTZ, return_value VARCHAR, scheduled_from VARCHAR, config VARCHAR)`,
    );
    return new RunHistory(duck);
  }

  begin(run: TaskRun): void {
    this.#underWay.add(run);
  }

  async end(begun: TaskRun, run: TaskRun): Promise<void> {
    this.#underWay.delete(begun);
    if (run.state === 'SKIPPED') {
      this.#skipped.push(run);
      if (this.#skipped.length > MOST_SKIPPED) this.#skipped.splice(0, MOST_SKIPPED / 10);
    } else await this.#duck.run(`INSERT INTO ${TABLE} VALUES ${row(run)}`);
  }

  /** Forgets what is older than a week. */
  async prune(now: Date): Promise<void> {
    await this.#duck.run(
      `DELETE FROM ${TABLE} WHERE scheduled_at < ${time(new Date(now.getTime() - KEPT_DAYS * 86_400_000))}`,
    );
  }

  /** When a task was last to run, as far as is known on disk. */
  async lastScheduled(taskId: number): Promise<Date | undefined> {
    const [found] = await this.#duck.rows(
      `SELECT epoch_ms(max(scheduled_at)) AS at FROM ${TABLE} WHERE task = ${taskId} AND scheduled_from = 'SCHEDULE'`,
    );
    return found?.['at'] === null || found?.['at'] === undefined ? undefined : new Date(Number(found['at']));
  }

  /** How many of a graph's latest runs have failed without one that succeeded. */
  async failuresInARow(rootId: number): Promise<number> {
    const [found] = await this.#duck.rows(
      `SELECT count(*) AS n FROM ${TABLE} WHERE root = ${rootId} AND task = root AND state LIKE 'FAILED%' AND completed_at > coalesce((SELECT max(completed_at) FROM ${TABLE} WHERE root = ${rootId} AND task = root AND (state = 'SUCCEEDED' OR state = 'FAILED_AND_AUTO_SUSPENDED')), TIMESTAMPTZ '1970-01-01')`,
    );
    return Number(found?.['n'] ?? 0);
  }

  /** DuckDB text of all runs, with the given ones that are still to come. */
  text(coming: readonly TaskRun[]): string {
    const inMemory = [...coming, ...this.#underWay, ...this.#skipped];
    const names =
      'task, path, root, run_group, query_id, query_text, condition, state, error_code, error_message, scheduled_at, started_at, completed_at, return_value, scheduled_from, config';
    if (inMemory.length === 0) return `(SELECT * FROM ${TABLE})`;
    return `(SELECT * FROM ${TABLE} UNION ALL SELECT * FROM (VALUES ${inMemory.map(row).join(', ')}) AS v(${names}))`;
  }
}

const row = (run: TaskRun): string => {
  const values = [
    String(run.taskId),
    `[${run.path.map(quoteString).join(', ')}]::VARCHAR[]`,
    String(run.rootId),
    quoteString(run.group),
    text(run.queryId),
    quoteString(run.queryText),
    text(run.condition),
    quoteString(run.state),
    text(run.errorCode),
    text(run.errorMessage),
    time(run.scheduledAt),
    time(run.startedAt),
    time(run.completedAt),
    text(run.returnValue),
    quoteString(run.scheduledFrom),
    text(run.config),
  ];
  return `(${values.join(', ')})`;
};

const text = (value: string | undefined): string => (value === undefined ? 'NULL::VARCHAR' : quoteString(value));
const time = (at: Date | undefined): string =>
  at === undefined ? 'NULL::TIMESTAMPTZ' : `TIMESTAMPTZ ${quoteString(at.toISOString())}`;
