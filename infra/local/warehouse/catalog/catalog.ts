import type { Run } from '../engine/duck.ts';
import type { Transaction } from '../engine/transaction.ts';
import { keyOf, type CatalogObject, type ObjectKind } from './object.ts';
import { SHARED } from './shared-database.ts';

const GIVEN = new Map(SHARED.map((object) => [keyOf(object.kind, object.path), object]));

const MOST_AT_ONCE = 200;

/** Called after a commit with what was put and what was removed by it. */
export type CatalogListener = (put: readonly CatalogObject[], removed: readonly CatalogObject[]) => void;

/** All objects of the warehouse: in memory for reading, in DuckDB's schema `_catalog` for good. */
export class Catalog {
  readonly #byKey = new Map<string, CatalogObject>();
  readonly #byId = new Map<number, CatalogObject>();
  readonly #listeners: CatalogListener[] = [];
  #version = 0;

  constructor(objects: readonly CatalogObject[]) {
    for (const object of objects) this.#remember(object);
  }

  /** Grows with each change; what was derived from the catalog holds as long as it stays. */
  get version(): number {
    return this.#version;
  }

  /** Says that something which relations are derived from has changed outside of the catalog. */
  touch(): void {
    this.#version += 1;
  }

  find(kind: ObjectKind, path: readonly string[]): CatalogObject | undefined {
    const key = keyOf(kind, path);
    const found = this.#byKey.get(key) ?? GIVEN.get(key);
    return found?.kind === kind ? found : undefined;
  }

  /** The table, view or stream of this name. */
  relation(path: readonly string[]): CatalogObject | undefined {
    return this.#byKey.get(keyOf('TABLE', path));
  }

  byId(id: number): CatalogObject | undefined {
    return this.#byId.get(id) ?? SHARED.find((object) => object.id === id);
  }

  /** Objects of a kind whose path begins with this one, ordered by path. */
  list(kind: ObjectKind, within: readonly string[] = []): CatalogObject[] {
    return [...this.#byId.values()]
      .filter((object) => object.kind === kind && begins(object.path, within))
      .sort((a, b) => compare(a.path.join('\0'), b.path.join('\0')));
  }

  /** Every object inside a database or schema, whatever its kind. */
  contents(within: readonly string[]): CatalogObject[] {
    return [...this.#byId.values()].filter(({ path }) => path.length > within.length && begins(path, within));
  }

  all(): CatalogObject[] {
    return [...this.#byId.values()];
  }

  onChange(listener: CatalogListener): void {
    this.#listeners.push(listener);
  }

  /** Collects changes that become visible to all together, when the transaction commits. */
  change(transaction: Transaction, made?: Made): CatalogChange {
    const isStored = (id: number): boolean => this.#byId.has(id);
    return new CatalogChange(transaction, isStored, (put, removed) => this.#apply(put, removed), made);
  }

  #apply(put: readonly CatalogObject[], removed: readonly CatalogObject[]): void {
    for (const { id } of [...removed, ...put]) {
      const old = this.#byId.get(id);
      if (old === undefined) continue;
      this.#byId.delete(id);
      this.#byKey.delete(keyOf(old.kind, old.path));
    }
    for (const object of put) this.#remember(object);
    this.#version += 1;
    for (const listener of this.#listeners) listener(put, removed);
  }

  #remember(object: CatalogObject): void {
    this.#byId.set(object.id, object);
    this.#byKey.set(keyOf(object.kind, object.path), object);
  }
}

/** When a change of the catalog was made, and by which user; absent where the warehouse makes it by itself. */
export interface Made {
  readonly at: Date;
  readonly by: string;
}

/** Changes of the catalog within one DDL transaction: stored together, right before its commit. */
export class CatalogChange {
  readonly #isStored: (id: number) => boolean;
  readonly #put = new Map<number, CatalogObject>();
  readonly #removed = new Map<number, CatalogObject>();
  readonly #made: Made | undefined;

  constructor(
    transaction: Transaction,
    isStored: (id: number) => boolean,
    apply: CatalogListener,
    made: Made | undefined,
  ) {
    this.#made = made;
    this.#isStored = isStored;
    transaction.beforeCommit.set(`catalog ${transaction.beforeCommit.size}`, (run) => this.#store(run));
    transaction.afterCommit.push(() => apply([...this.#put.values()], [...this.#removed.values()]));
  }

  /** Adds an object, or replaces the one of the same id. */
  async put(given: CatalogObject): Promise<void> {
    const made = this.#made !== undefined &&
      given.kind !== 'GRANT' && { alteredOn: this.#made.at.toISOString(), alteredBy: this.#made.by };
    this.#put.set(given.id, { ...given, ...made });
  }

  async remove(object: CatalogObject): Promise<void> {
    this.#put.delete(object.id);
    this.#removed.set(object.id, object);
  }

  async #store(run: Run): Promise<void> {
    const old = [...this.#removed.keys(), ...this.#put.keys()].filter((id) => this.#isStored(id));
    if (old.length > 0) await run(`DELETE FROM _catalog.objects WHERE id IN (${old.join(', ')})`);
    const rows = [...this.#put.values()].map(({ id, kind, path, ...rest }) => [
      BigInt(id),
      kind,
      JSON.stringify(path),
      JSON.stringify(rest),
    ]);
    for (let from = 0; from < rows.length; from += MOST_AT_ONCE) {
      const some = rows.slice(from, from + MOST_AT_ONCE);
      const places = some.map((_, i) => `($${i * 4 + 1}, $${i * 4 + 2}, $${i * 4 + 3}, $${i * 4 + 4})`);
      await run(`INSERT INTO _catalog.objects VALUES ${places.join(', ')}`, some.flat());
    }
  }
}

const begins = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((part, i) => path[i] === part);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
