import { rm } from 'node:fs';
import type { SnowflakeError } from '../contract.ts';
import type { Outcome } from './outcome.ts';

/** One statement that ran or runs, as QUERY_HISTORY shows it. */
export interface QueryRecord {
  readonly id: string;
  readonly text: string;
  readonly sessionId: number;
  readonly user: string;
  readonly role: string;
  readonly warehouse: string | undefined;
  readonly database: string | undefined;
  readonly schema: string | undefined;
  readonly tag: string;
  readonly startedAt: Date;
  /** Settles with the statement; never rejects. */
  readonly done: Promise<void>;
  endedAt?: Date;
  state: 'RUNNING' | 'SUCCESS' | 'FAILED' | 'ABORTED';
  /** The rows are let go of after a while; the record stays. */
  outcome?: Outcome | undefined;
  /** How many rows it returned. */
  rows?: number;
  /** How many rows it changed, and what happened to them. */
  changed?: { readonly all: number; readonly inserted: number; readonly updated: number; readonly deleted: number };
  /** The position of the latest commit, when it ended, and of its own, if it committed something. */
  position?: number;
  committed?: number;
  /** Ids of the statements of a request that held several. */
  children?: readonly string[];
  error?: SnowflakeError;
  readonly cancel: () => void;
}

const MOST_RECORDS = 10_000;
const MOST_OUTCOMES = 400;

/** The statements of all sessions, newest last, and the results that can still be fetched. */
export class QueryHistory {
  /** Where results too large for memory lie. */
  readonly directory: string;
  readonly #records = new Map<string, QueryRecord>();
  readonly #kept: QueryRecord[] = [];

  constructor(directory: string) {
    this.directory = directory;
  }

  add(record: QueryRecord): void {
    this.#records.set(record.id, record);
    const [oldest] = this.#records;
    if (this.#records.size > MOST_RECORDS && oldest !== undefined && oldest[1].state !== 'RUNNING')
      this.#records.delete(oldest[0]);
  }

  /** Keeps a result so that it can be fetched by id; the oldest of many is let go of. */
  keep(record: QueryRecord, outcome: Outcome): void {
    record.outcome = outcome;
    record.rows = outcome.rows.length + outcome.chunks.reduce((sum, { rows }) => sum + rows, 0);
    if (outcome.changed !== undefined) record.changed = changesOf(outcome, outcome.changed);
    this.#kept.push(record);
    if (this.#kept.length <= MOST_OUTCOMES) return;
    const old = this.#kept.shift();
    if (old === undefined) return;
    for (const { file } of old.outcome?.chunks ?? []) rm(file, { force: true }, () => undefined);
    old.outcome = undefined;
  }

  get(id: string): QueryRecord | undefined {
    return this.#records.get(id);
  }

  all(): QueryRecord[] {
    return [...this.#records.values()];
  }
}

const changesOf = ({ columns, rows }: Outcome, all: number): NonNullable<QueryRecord['changed']> => {
  const count = (pattern: RegExp): number =>
    columns.reduce((sum, { name }, i) => sum + (pattern.test(name) ? Number(rows[0]?.[i] ?? 0) : 0), 0);
  return {
    all,
    inserted: count(/^number of rows inserted/),
    updated: count(/^number of rows updated/),
    deleted: count(/^number of rows deleted/),
  };
};
