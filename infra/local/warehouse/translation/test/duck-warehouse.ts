import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column, Names, Relation, Translated } from '../../contract.ts';
import { Cursor } from '../../sql/cursor.ts';
import { quoteIdentifier } from '../../sql/identifier.ts';
import { tokenize } from '../../sql/lexer.ts';
import { toSnowflakeError } from '../errors.ts';
import { MACROS } from '../macros.ts';
import { dataType } from '../prepare/data-type.ts';
import { describe } from '../statements/query.ts';
import { translate } from '../translate.ts';
import { duckType, typeOfColumn } from '../types.ts';

/** What one statement gave: rows as DuckDB prints them in JSON, output columns as translation describes them. */
export interface Answer {
  readonly translated: Translated;
  readonly names: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Translation in front of an empty DuckDB in memory, with tables of its own; no catalog, no sessions. */
export class DuckWarehouse implements Names {
  readonly database = 'DB';
  readonly schema = 'S';
  readonly variables = new Map<string, string>();
  readonly #relations = new Map<string, Relation>();
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  static async open(): Promise<DuckWarehouse> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    for (const macro of MACROS) await connection.run(macro);
    await connection.run(
      `SET TimeZone = 'America/Los_Angeles'; CREATE SCHEMA "DB.S"; CREATE SEQUENCE "DB.S"."COUNTER"; SET VARIABLE sf_now = TIMESTAMPTZ '2024-05-17 17:30:00+00'`,
    );
    return new DuckWarehouse(connection);
  }

  /** Makes a table out of `name TYPE, name TYPE`, in place of one of the same name. */
  async table(name: string, definition: string): Promise<void> {
    const cursor = new Cursor(tokenize(`(${definition})`));
    const columns = cursor.list(() => describe(cursor.identifier(), dataType(cursor)) as Column);
    const place = `"DB.S".${quoteIdentifier(name)}`;
    const parts = columns.map((column) => `${quoteIdentifier(column.name)} ${duckType(typeOfColumn(column))}`);
    await this.#connection.run(`CREATE OR REPLACE TABLE ${place} (${parts.join(', ')})`);
    this.#relations.set(name, { database: 'DB', schema: 'S', name, kind: 'table', read: place, write: place, columns });
  }

  async run(sql: string, values: readonly (string | number)[] = []): Promise<Answer> {
    const translated = translate(sql, this);
    let rows: readonly (readonly unknown[])[] = [];
    try {
      for (const statement of translated.statements) {
        const result = await this.#connection.runAndReadAll(
          statement,
          statement.includes('$1') ? [...values] : undefined,
        );
        rows = result.getRowsJson();
      }
    } catch (error) {
      throw toSnowflakeError(error, sql);
    }
    return { translated, names: translated.columns?.map((column) => column?.name ?? '') ?? [], rows };
  }

  close(): void {
    this.#connection.closeSync();
  }

  relation(parts: readonly string[]): Relation | undefined {
    const [name, schema = 'S', database = 'DB'] = parts.toReversed();
    return schema === 'S' && database === 'DB' ? this.#relations.get(name!) : undefined;
  }

  routine(): undefined {
    return undefined;
  }

  sequence(parts: readonly string[]): string | undefined {
    return parts.at(-1) === 'COUNTER' ? '"DB.S"."COUNTER"' : undefined;
  }

  variable(name: string): string | undefined {
    return this.variables.get(name);
  }

  tableFunction(): undefined {
    return undefined;
  }
}
