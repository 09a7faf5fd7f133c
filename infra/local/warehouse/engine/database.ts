import { join } from 'node:path';
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import './exact-text.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { CatalogObject, ObjectKind } from '../catalog/object.ts';
import { Duck } from './duck.ts';

/** The DuckDB database behind a warehouse: one file, or memory. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connected = new Set<Duck>();
  /** Serves the warehouse's own bookkeeping outside of any session. */
  readonly own: Duck;

  private constructor(instance: DuckDBInstance, own: Duck) {
    this.#instance = instance;
    this.own = own;
  }

  /** Opens `warehouse.duckdb` in the directory, made if it is missing; without one everything is in memory. */
  static async open(dataDir: string | undefined, spillDirectory: string): Promise<Database> {
    if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
    const path = dataDir === undefined ? ':memory:' : join(dataDir, 'warehouse.duckdb');
    const instance = await DuckDBInstance.create(path, {
      preserve_insertion_order: 'true',
      // In memory it would put what does not fit there into whatever directory the process happens to stand in.
      ...(dataDir === undefined && { temp_directory: spillDirectory }),
      checkpoint_threshold: '512MB',
      // DuckDB's threads wait by looking again and again; the other half of the cores is for Node, the functions, and other sessions.
      threads: String(Math.max(1, Math.floor(availableParallelism() / 2))),
    });
    const own = new Duck(await instance.connect());
    await own.run(`
      CREATE SCHEMA IF NOT EXISTS _catalog;
      CREATE SCHEMA IF NOT EXISTS _sf;
      CREATE TABLE IF NOT EXISTS _catalog.counter (below BIGINT NOT NULL);
      INSERT INTO _catalog.counter SELECT 1 WHERE NOT EXISTS (FROM _catalog.counter);
      CREATE TABLE IF NOT EXISTS _catalog.objects (id BIGINT NOT NULL, kind VARCHAR NOT NULL, path JSON NOT NULL, body JSON NOT NULL)`);
    return new Database(instance, own);
  }

  /** A number above all that were ever handed out. */
  async firstNumber(): Promise<number> {
    const [row] = await this.own.rows('SELECT below FROM _catalog.counter');
    return Number(row?.['below'] ?? 1);
  }

  async reserveNumbers(below: number): Promise<void> {
    await this.own.run('UPDATE _catalog.counter SET below = $1', [BigInt(below)]);
  }

  async objects(): Promise<CatalogObject[]> {
    const rows = await this.own.rows('SELECT id, kind, path, body FROM _catalog.objects ORDER BY id');
    return rows.map(({ id, kind, path, body }) => ({
      ...(JSON.parse(String(body)) as Omit<CatalogObject, 'id' | 'kind' | 'path'>),
      id: Number(id),
      kind: kind as ObjectKind,
      path: JSON.parse(String(path)) as string[],
    }));
  }

  async connect(timeZone: string): Promise<Duck> {
    const duck: Duck = new Duck(await this.#instance.connect(), () => this.#connected.delete(duck));
    this.#connected.add(duck);
    await duck.run(`SET TimeZone = ${quoteString(timeZone)}`);
    return duck;
  }

  /** Lets go of the file. With one connection left it would stay open, and be written to under whoever opens it next in this process. */
  async close(): Promise<void> {
    await Promise.all([this.own, ...this.#connected].map((duck) => duck.close()));
    this.#instance.closeSync();
  }
}
