import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { unsupported } from '../catalog/errors.ts';
import type { Duck } from '../engine/duck.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { ParquetFormat } from './parquet-format.ts';
import type { StagedRecord } from './record.ts';

/** Reads the rows of a Parquet file as documents, by DuckDB's own reader. */
export async function* parquetRecords(
  duck: Duck,
  file: Readable,
  format: ParquetFormat,
): AsyncGenerator<StagedRecord[]> {
  yield await withParquetFile(file, async (path) => {
    const from = `read_parquet(${quoteString(path)})`;
    const columns = await duck.rows(`DESCRIBE SELECT * FROM ${from}`);
    const members = columns.map((column) => {
      const name = quoteIdentifier(String(column['column_name']));
      return `${name} := ${value(name, String(column['column_type']), format)}`;
    });
    const rows = await duck.rows(
      `SELECT to_json(struct_pack(${members.join(', ')}))::VARCHAR AS document FROM ${from}`,
    );
    return rows.map(({ document }, i) => ({ line: i + 1, fields: [String(document)] }));
  });
}

/** Lays a file where DuckDB can read it, for as long as `work` takes. */
export const withParquetFile = async <T>(file: Readable, work: (path: string) => Promise<T>): Promise<T> => {
  const path = join(tmpdir(), `staged-${randomUUID()}.parquet`);
  try {
    await pipeline(file, createWriteStream(path));
    return await work(path);
  } finally {
    await rm(path, { force: true });
  }
};

/** A column as it goes into the document; what Snowflake would show in another way is refused. */
const value = (name: string, type: string, { useLogicalType }: ParquetFormat): string => {
  if (type === 'BLOB') return `decode(${name})`;
  if (type.includes('BLOB')) throw unsupported('binary values inside Parquet structures');
  if (type.includes('TIME ZONE')) throw unsupported('Parquet timestamps of a time zone');
  if (type.includes('TIMESTAMP') && !useLogicalType)
    throw unsupported('Parquet timestamps without USE_LOGICAL_TYPE = TRUE');
  return name;
};
