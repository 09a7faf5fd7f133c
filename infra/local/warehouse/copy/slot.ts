import { BIGINT, DuckDBDataChunk, INTEGER, VARCHAR, type DuckDBAppender } from '@duckdb/node-api';
import { duckType } from '../catalog/column-types.ts';
import type { Column } from '../contract.ts';
import type { Duck } from '../engine/duck.ts';
import type { Session } from '../session/session.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { StagedFile } from '../stages/file-store.ts';
import type { StagedRecord } from '../stages/record.ts';
import { SLOT } from './staged-names.ts';

const ROWS_PER_CHUNK = 2048;
let slots = 0;

/**
 * Holds one statement's staged rows in a database in memory beside the warehouse's own. A fresh one is visible to transactions that
 * have begun already, and a record that cannot be converted fails here, never in the transaction that loads.
 */
export class Slot {
  readonly duck: Duck;
  readonly #name: string;
  readonly #width: number;
  #records = 0;

  private constructor(duck: Duck, name: string, width: number) {
    this.duck = duck;
    this.#name = name;
    this.#width = width;
  }

  static async open(session: Session, width: number): Promise<Slot> {
    const duck = await session.warehouse.database.connect(String(session.parameters.get('TIMEZONE')));
    const name = `staged_${(slots += 1)}`;
    const slot = new Slot(duck, name, width);
    const columns = Array.from({ length: width }, (_, i) => `c${i + 1} VARCHAR`).join(', ');
    await duck.run(`ATTACH ':memory:' AS ${name}`);
    await slot.run(`CREATE TABLE ${SLOT}.main.records (n BIGINT, file INTEGER, line BIGINT, ${columns})`);
    await slot.run(
      `CREATE TABLE ${SLOT}.main.files (id INTEGER, name VARCHAR, content_key VARCHAR, last_modified TIMESTAMP, scan_start TIMESTAMPTZ)`,
    );
    return slot;
  }

  /** Makes the empty table for converted records. */
  async prepare(columns: readonly Column[]): Promise<void> {
    const definitions = columns.map(
      (column) => `${quoteIdentifier(column.name)} ${duckType(column)}${column.nullable === false ? ' NOT NULL' : ''}`,
    );
    await this.run(
      `CREATE TABLE ${SLOT}.main.converted (${definitions.join(', ')}, "@file" INTEGER DEFAULT getvariable('staged_file'))`,
    );
  }

  /** A text with this slot in the place of the marker. */
  text(sql: string): string {
    return sql.replaceAll(SLOT, this.#name);
  }

  async run(sql: string): Promise<number> {
    return (await this.duck.run(this.text(sql))).rowsChanged;
  }

  /** Takes in a file's good records; returns the range of their numbers. */
  async fill(
    id: number,
    { key, etag, lastModified }: StagedFile,
    scanStart: Date,
    batches: AsyncIterable<readonly StagedRecord[]>,
    refuse: (record: StagedRecord) => void,
  ): Promise<{ from: number; to: number }> {
    await this.run(
      `INSERT INTO ${SLOT}.main.files VALUES (${id}, ${quoteString(key)}, ${quoteString(etag)}, TIMESTAMP ${quoteString(lastModified.toISOString().slice(0, -1))}, TIMESTAMPTZ ${quoteString(scanStart.toISOString())})`,
    );
    const from = this.#records + 1;
    const appender = await this.duck.appender('records', 'main', this.#name);
    try {
      for await (const batch of batches) this.#append(appender, id, batch, refuse);
    } finally {
      appender.closeSync();
    }
    return { from, to: this.#records };
  }

  /** Forgets the records that were taken in; what was converted stays. */
  async clear(): Promise<void> {
    await this.run(`TRUNCATE ${SLOT}.main.records`);
  }

  async close(): Promise<void> {
    await this.duck.run(`DETACH ${this.#name}`).catch(() => undefined);
    await this.duck.close();
  }

  #append(
    appender: DuckDBAppender,
    file: number,
    batch: readonly StagedRecord[],
    refuse: (record: StagedRecord) => void,
  ): void {
    const good = batch.filter(({ error }) => error === undefined);
    if (good.length < batch.length) for (const record of batch) if (record.error !== undefined) refuse(record);
    for (let at = 0; at < good.length; at += ROWS_PER_CHUNK) {
      const part = good.slice(at, at + ROWS_PER_CHUNK);
      const chunk = DuckDBDataChunk.create(
        [BIGINT, INTEGER, BIGINT, ...Array.from({ length: this.#width }, () => VARCHAR)],
        part.length,
      );
      const first = this.#records + 1;
      chunk.setColumns([
        part.map((_, i) => BigInt(first + i)),
        part.map(() => file),
        part.map(({ line }) => BigInt(line)),
        ...Array.from({ length: this.#width }, (_, i) => part.map(({ fields }) => fields[i] ?? null)),
      ]);
      appender.appendDataChunk(chunk);
      this.#records += part.length;
    }
  }
}
