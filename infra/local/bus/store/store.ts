import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SCHEMA } from './schema.ts';

type Perhaps<Row> = Row | undefined;

/** What the bus remembers. A statement outside a transaction is on disk when it returns; so is a transaction. */
export interface Store {
  run(sql: string, ...values: SQLInputValue[]): number;
  insert(sql: string, ...values: SQLInputValue[]): number;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  get<Row>(sql: string, ...values: SQLInputValue[]): Perhaps<Row>;
  /** All of the work's statements take effect, or none; calls inside a transaction join it. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

const open = (dataDir: string | undefined): DatabaseSync => {
  if (dataDir === undefined) return new DatabaseSync(':memory:');
  mkdirSync(dataDir, { recursive: true });
  const database = new DatabaseSync(join(dataDir, 'bus.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  return database;
};

/** Opens the memory of the bus in a folder, or one that ends with the process. */
export const openStore = (dataDir: string | undefined): Store => {
  const database = open(dataDir);
  database.exec(SCHEMA);
  const statements = new Map<string, StatementSync>();
  let inside = false;

  const statement = (sql: string): StatementSync => {
    const known = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, known);
    return known;
  };

  return {
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
    insert: (sql, ...values) => Number(statement(sql).run(...values).lastInsertRowid),
    all: <Row>(sql: string, ...values: SQLInputValue[]) => statement(sql).all(...values) as Row[],
    get: <Row>(sql: string, ...values: SQLInputValue[]) => statement(sql).get(...values) as Perhaps<Row>,
    transaction: (work) => {
      if (inside) return work();
      inside = true;
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      } finally {
        inside = false;
      }
    },
    close: () => database.close(),
  };
};
