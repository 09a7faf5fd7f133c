import type { DeclaredColumn, TableObject } from '../catalog/object.ts';
import type { Run } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';

/** The rows of a version, until others have taken their place. */
interface Copy {
  /** Its DuckDB name. */
  name: string | undefined;
  readonly size: number;
}

/** What a table was until one of the commits. */
export interface Version {
  /** The commit that ended it. */
  readonly until: number;
  readonly endedAt: Date;
  readonly columns: readonly DeclaredColumn[];
  readonly tracked: boolean;
  /** None if the table was too large. */
  readonly copy: Copy | undefined;
}

/** Larger tables are not copied. */
export const MOST_ROWS = 10_000;
/** All copies together have no more: the oldest go. */
const MOST_KEPT = { versions: 1000, rows: 100_000 };
const DATABASE = 'history';

/** Tables as they were before the commits since the start: copies of small ones, in memory. */
export class TableVersions {
  readonly startedAt: Date;
  readonly #run: Run;
  readonly #byTable = new Map<number, Version[]>();
  readonly #copies: Copy[] = [];
  readonly #large = new Set<number>();
  #rows = 0;
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
    const ending: [number, Omit<Version, 'until' | 'endedAt'>][] = [];
    for (const { id, details } of tables) {
      const { physical, columns, tracked, lifetime, retentionDays } = details;
      if (lifetime === 'temporary' || retentionDays === 0) continue;
      ending.push([id, { columns, tracked, copy: await this.#copied(id, physical) }]);
    }
    return (until, endedAt) => {
      for (const [id, version] of ending) {
        const all = [...this.of(id), { ...version, until, endedAt }];
        // Of those in a row that are gone, the last one says until when.
        const isGone = (one: Version | undefined): boolean => one !== undefined && one.copy?.name === undefined;
        this.#byTable.set(
          id,
          all.filter((one, i) => !isGone(one) || !isGone(all[i + 1])),
        );
      }
    };
  }

  /** The versions of a table since the start, oldest first; what it is now is none of them. */
  of(tableId: number): readonly Version[] {
    return this.#byTable.get(tableId) ?? [];
  }

  async #copied(id: number, physical: string): Promise<Copy | undefined> {
    this.#named += 1;
    const name = `${DATABASE}.main.${quoteIdentifier(String(this.#named))}`;
    // Whoever was large once is counted, not copied in vain.
    if (this.#large.has(id) && (await this.#count(`SELECT count(*) FROM ${physical}`)) > MOST_ROWS) return undefined;
    const size = await this.#count(`CREATE TABLE ${name} AS FROM ${physical} LIMIT ${MOST_ROWS + 1}`);
    if (size > MOST_ROWS) {
      this.#large.add(id);
      await this.#run(`DROP TABLE ${name}`);
      return undefined;
    }
    const copy = { name, size };
    this.#copies.push(copy);
    this.#rows += size;
    while (this.#copies.length > MOST_KEPT.versions || this.#rows > MOST_KEPT.rows) await this.#forget();
    return copy;
  }

  async #count(sql: string): Promise<number> {
    return Number((await (await this.#run(sql)).getRows())[0]?.[0] ?? 0);
  }

  async #forget(): Promise<void> {
    const oldest = this.#copies.shift()!;
    await this.#run(`DROP TABLE ${oldest.name}`);
    oldest.name = undefined;
    this.#rows -= oldest.size;
  }
}
