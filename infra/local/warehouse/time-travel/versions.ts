import type { DeclaredColumn, TableObject } from '../catalog/object.ts';
import type { Run } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';

/** What a table was until one of the commits. */
export interface Version {
  /** The commit that ended it. */
  readonly until: number;
  readonly endedAt: Date;
  readonly columns: readonly DeclaredColumn[];
  readonly tracked: boolean;
  /** DuckDB name of its rows; gone if the table was too large, or others have taken its place since. */
  rows: string | undefined;
}

/** Larger tables are not copied. */
export const MOST_ROWS = 10_000;
const MOST_VERSIONS = 1000;
const DATABASE = 'history';

/** Tables as they were before the commits since the start: copies of small ones, in memory. */
export class TableVersions {
  readonly startedAt: Date;
  readonly #run: Run;
  readonly #byTable = new Map<number, Version[]>();
  readonly #kept: Version[] = [];
  readonly #large = new Set<number>();
  #named = 0;

  private constructor(run: Run, startedAt: Date) {
    this.#run = run;
    this.startedAt = startedAt;
  }

  /** `run` must be a connection of its own. */
  static async open(run: Run, startedAt: Date): Promise<TableVersions> {
    await run(`ATTACH ':memory:' AS ${DATABASE}`);
    return new TableVersions(run, startedAt);
  }

  /** Copies what is committed of tables that a transaction is about to change for good; the function returned says that it did. */
  async copy(tables: readonly TableObject[]): Promise<(until: number, endedAt: Date) => void> {
    const copies: [number, Omit<Version, 'until' | 'endedAt'>][] = [];
    for (const { id, details } of tables) {
      const { physical, columns, tracked, lifetime, retentionDays } = details;
      if (lifetime === 'temporary' || retentionDays === 0) continue;
      copies.push([id, { columns, tracked, rows: await this.#copied(id, physical) }]);
    }
    return (until, endedAt) => {
      for (const [id, version] of copies) {
        const known = this.#byTable.get(id) ?? [];
        known.push({ ...version, until, endedAt });
        this.#byTable.set(id, known);
        this.#kept.push(known.at(-1)!);
      }
    };
  }

  /** The versions of a table since the start, oldest first; what it is now is none of them. */
  of(tableId: number): readonly Version[] {
    return this.#byTable.get(tableId) ?? [];
  }

  async #copied(id: number, physical: string): Promise<string | undefined> {
    await this.#makeRoom();
    this.#named += 1;
    const rows = `${DATABASE}.main.${quoteIdentifier(String(this.#named))}`;
    // Whoever was large once is counted, not copied in vain.
    if (this.#large.has(id) && (await this.#count(`SELECT count(*) FROM ${physical}`)) > MOST_ROWS) return undefined;
    if ((await this.#count(`CREATE TABLE ${rows} AS FROM ${physical} LIMIT ${MOST_ROWS + 1}`)) <= MOST_ROWS)
      return rows;
    this.#large.add(id);
    await this.#run(`DROP TABLE ${rows}`);
    return undefined;
  }

  async #count(sql: string): Promise<number> {
    return Number((await (await this.#run(sql)).getRows())[0]?.[0] ?? 0);
  }

  async #makeRoom(): Promise<void> {
    if (this.#kept.length < MOST_VERSIONS) return;
    const oldest = this.#kept.shift();
    if (oldest?.rows === undefined) return;
    const { rows } = oldest;
    oldest.rows = undefined;
    await this.#run(`DROP TABLE ${rows}`);
  }
}
