import type { Duck } from '../../engine/duck.ts';
import { csvRecords } from '../csv-records.ts';
import { plainBytes } from '../decompress.ts';
import type { CsvFormat, FileFormat, JsonFormat } from '../file-format.ts';
import type { ParquetFormat } from '../parquet-format.ts';
import type { FileStore, StagedFile } from '../file-store.ts';
import { jsonRecords } from '../json-records.ts';
import { withParquetFile } from '../parquet-records.ts';
import type { StagedRecord } from '../record.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { fieldLook, numberLook, textLook, typeOfLook, widerLook, type Look } from './inferred-type.ts';

/** A column that some of the files have. */
export interface InferredColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  /** Keys of the files that have it. */
  readonly files: readonly string[];
}

interface Seen {
  look: Look | undefined;
  nullable: boolean;
  readonly files: Set<string>;
}

type Columns = Map<string, Seen>;

/** The columns of files by what their values look like, in the order in which they appear. */
export const inferColumns = async (
  duck: Duck,
  store: FileStore,
  files: readonly StagedFile[],
  format: FileFormat,
  mostRecords: number,
): Promise<InferredColumn[]> => {
  const columns: Columns = new Map();
  for (const { key } of files) {
    const see = (name: string, look: Look | undefined, nullable = true): void => {
      const seen = columns.get(name) ?? { look: undefined, nullable: false, files: new Set<string>() };
      if (look !== undefined) seen.look = widerLook(seen.look, look);
      seen.nullable ||= nullable;
      seen.files.add(key);
      columns.set(name, seen);
    };
    const content = await store.open(key);
    if (format.type === 'PARQUET')
      await withParquetFile(content, async (path) => parquetColumns(duck, path, format, see));
    else if (format.type === 'CSV')
      await fields(csvRecords(plainBytes(content, format), format), format, mostRecords, see);
    else await members(jsonRecords(plainBytes(content, format), format), format, mostRecords, see);
  }
  return [...columns].map(([name, { look, nullable, files: found }]) => ({
    name,
    type: typeOfLook(look),
    nullable,
    files: [...found],
  }));
};

type See = (name: string, look: Look | undefined, nullable?: boolean) => void;

async function* readable(batches: AsyncIterable<readonly StagedRecord[]>, most: number): AsyncGenerator<StagedRecord> {
  let read = 0;
  for await (const batch of batches)
    for (const record of batch) {
      if (record.error !== undefined) continue;
      if (read >= most) return;
      read += 1;
      yield record;
    }
}

const fields = async (
  batches: AsyncIterable<readonly StagedRecord[]>,
  { parseHeader }: CsvFormat,
  most: number,
  see: See,
): Promise<void> => {
  let header: readonly (string | null)[] | undefined;
  for await (const { fields: values } of readable(batches, parseHeader ? most + 1 : most)) {
    if (parseHeader && header === undefined) {
      header = values;
      for (const name of header) see(name ?? '', undefined);
    } else
      for (const [i, value] of values.entries())
        see(
          header === undefined ? `c${i + 1}` : (header[i] ?? `c${i + 1}`),
          value === null || value === '' ? undefined : fieldLook(value),
        );
  }
};

const members = async (
  batches: AsyncIterable<readonly StagedRecord[]>,
  _: JsonFormat,
  most: number,
  see: See,
): Promise<void> => {
  for await (const {
    fields: [document],
  } of readable(batches, most)) {
    const value: unknown = JSON.parse(document!, keepDigits as (key: string, value: unknown) => unknown);
    if (value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof Digits) continue;
    for (const [name, member] of Object.entries(value)) see(name, memberLook(member));
  }
};

/** A number as it was written. */
class Digits {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

// JavaScript tells a reviver what a number was written as; its types do not say so yet.
const keepDigits = (_: string, value: unknown, { source }: { readonly source?: string }): unknown =>
  typeof value === 'number' ? new Digits(source ?? String(value)) : value;

const memberLook = (value: unknown): Look | undefined => {
  if (value === null) return undefined;
  if (value instanceof Digits) return numberLook(value.text) ?? { kind: 'REAL' };
  if (typeof value === 'boolean') return { kind: 'BOOLEAN' };
  if (typeof value === 'string') return textLook(value);
  return { kind: Array.isArray(value) ? 'ARRAY' : 'OBJECT' };
};

const parquetColumns = async (duck: Duck, path: string, _: ParquetFormat, see: See): Promise<void> => {
  const from = `read_parquet(${quoteString(path)})`;
  const required = await duck.rows(
    `SELECT name FROM parquet_schema(${quoteString(path)}) WHERE repetition_type = 'REQUIRED'`,
  );
  const never = new Set(required.map(({ name }) => String(name)));
  for (const column of await duck.rows(`DESCRIBE SELECT * FROM ${from}`)) {
    const name = String(column['column_name']);
    see(name, parquetLook(String(column['column_type'])), !never.has(name));
  }
};

const parquetLook = (type: string): Look => {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined)
    return { kind: 'NUMBER', whole: Number(precision) - Number(scale), scale: Number(scale) };
  if (/^U?(?:BIG|SMALL|TINY|HUGE)?INT(?:EGER)?$/.test(type)) return { kind: 'NUMBER', whole: 38, scale: 0 };
  if (type === 'DOUBLE' || type === 'FLOAT') return { kind: 'REAL' };
  if (type === 'VARCHAR' || type === 'BLOB') return { kind: 'TEXT' };
  if (type === 'BOOLEAN' || type === 'DATE' || type === 'TIME') return { kind: type };
  return { kind: type.startsWith('TIMESTAMP') && !/[[\](]/.test(type) ? 'TIMESTAMP_NTZ' : 'VARIANT' };
};
