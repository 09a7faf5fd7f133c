import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { invalid, unsupported } from '../catalog/errors.ts';
import type { Column } from '../contract.ts';
import type { Duck } from '../engine/duck.ts';
import type { WireRow } from '../session/outcome.ts';
import { quoteIdentifier } from '../sql/identifier.ts';
import type { ParquetFormat } from '../stages/parquet-format.ts';
import { quoteString } from '../sql/string-literal.ts';

/** What a query gives for a column that goes into a Parquet file: a text that DuckDB reads back without loss. */
export const parquetItem = ({ name, type }: Column): string => {
  const column = quoteIdentifier(name);
  switch (type) {
    case 'timestamp_ltz':
    case 'timestamp_tz':
      throw invalid(
        'Error encountered when unloading to PARQUET: TIMESTAMP_TZ and LTZ types are not supported for unloading to Parquet.',
      );
    case 'array':
    case 'map':
      throw unsupported(`COPY INTO a location as PARQUET with a column of type ${type.toUpperCase()}`);
    case 'variant':
    case 'object':
      return `TO_JSON(${column})`;
    case 'date':
      return `TO_VARCHAR(${column}, 'YYYY-MM-DD')`;
    case 'time':
      return `TO_VARCHAR(${column}, 'HH24:MI:SS.FF6')`;
    case 'timestamp_ntz':
      return `TO_VARCHAR(${column}, 'YYYY-MM-DD HH24:MI:SS.FF6')`;
    case 'binary':
      return `HEX_ENCODE(${column})`;
    default:
      return column;
  }
};

/** A row as a line of the file that DuckDB reads. */
export const parquetLine = (row: WireRow): string =>
  `${JSON.stringify(Object.fromEntries(row.map((cell, i) => [`c${i}`, cell])))}\n`;

/** The bytes of a Parquet file with these rows; without a header its columns are called by number. */
export const parquetFile = async (
  duck: Duck,
  lines: Buffer,
  columns: readonly Column[],
  { header, format }: { readonly header: boolean; readonly format: ParquetFormat },
): Promise<Buffer> => {
  if (format.compression === 'LZO') throw unsupported('unloading with COMPRESSION = LZO');
  const id = randomUUID();
  const [from, to] = ['json', 'parquet'].map((ending) => join(tmpdir(), `unloaded-${id}.${ending}`)) as [
    string,
    string,
  ];
  const read = columns.map((_, i) => `c${i}: 'VARCHAR'`).join(', ');
  const items = columns.map(
    (column, i) => `${valueOf(column, `c${i}`)} AS ${quoteIdentifier(header ? column.name : `_COL_${i}`)}`,
  );
  try {
    await writeFile(from, lines);
    await duck.run(
      `COPY (SELECT ${items.join(', ')} FROM read_json(${quoteString(from)}, format = 'newline_delimited', maximum_object_size = 268435456, columns = {${read}}))
       TO ${quoteString(to)} (FORMAT parquet, COMPRESSION ${format.compression === 'NONE' ? 'uncompressed' : 'snappy'})`,
    );
    return await readFile(to);
  } finally {
    await Promise.all([from, to].map((path) => rm(path, { force: true })));
  }
};

const valueOf = ({ type, precision = 38, scale = 0 }: Column, text: string): string => {
  switch (type) {
    case 'fixed':
      return `CAST(${text} AS DECIMAL(${precision}, ${scale}))`;
    case 'real':
      return `CAST(${text} AS DOUBLE)`;
    case 'boolean':
      return `CAST(${text} AS BOOLEAN)`;
    case 'date':
      return `CAST(${text} AS DATE)`;
    case 'time':
      return `CAST(${text} AS TIME)`;
    case 'timestamp_ntz':
      return `CAST(${text} AS TIMESTAMP)`;
    case 'binary':
      return `unhex(${text})`;
    default:
      return text;
  }
};
