import type { Readable } from 'node:stream';
import { csvRecords } from '../stages/csv-records.ts';
import { plainBytes } from '../stages/decompress.ts';
import { hasHeader, type FileFormat } from '../stages/file-format.ts';
import type { FileStore, StagedFile } from '../stages/file-store.ts';
import { headedRecords } from '../stages/headed-records.ts';
import { jsonRecords } from '../stages/json-records.ts';
import { parquetRecords } from '../stages/parquet-records.ts';
import type { StagedRecord } from '../stages/record.ts';
import type { CopyError } from './copy-error.ts';
import type { Slot } from './slot.ts';

/** How a file's records are to be taken in. */
export interface Intake {
  readonly format: FileFormat;
  /** Fields that each record must have; undefined: any number. */
  readonly fieldCount: number | undefined;
}

/** Streams a file into a slot; `refused` hears of every record that cannot be read. Returns the range of those that can. */
export const stageFile = async (
  slot: Slot,
  id: number,
  store: FileStore,
  file: StagedFile,
  intake: Intake,
  now: Date,
  refused: (error: CopyError) => void,
): Promise<{ from: number; to: number }> => {
  const records = recordsOf(slot, await store.open(file.key), intake.format);
  const counted = intake.fieldCount === undefined ? records : withFieldCount(records, intake.fieldCount);
  return slot.fill(id, file, now, hasHeader(intake.format) ? headedRecords(counted) : counted, ({ line, error }) => {
    const { message, character } = error!;
    refused({ message, character, line, column: null, ...codeOf(intake.format, message) });
  });
};

const recordsOf = (slot: Slot, file: Readable, format: FileFormat): AsyncGenerator<StagedRecord[]> => {
  if (format.type === 'PARQUET') return parquetRecords(slot.duck, file, format);
  const bytes = plainBytes(file, format);
  return format.type === 'CSV' ? csvRecords(bytes, format) : jsonRecords(bytes, format);
};

const codeOf = ({ type }: FileFormat, message: string): Pick<CopyError, 'code' | 'sqlState'> => {
  if (message.startsWith('Invalid UTF8')) return { code: '100144', sqlState: '22000' };
  return type === 'JSON' ? { code: '100069', sqlState: '22P02' } : { code: '100080', sqlState: '22000' };
};

async function* withFieldCount(
  batches: AsyncIterable<readonly StagedRecord[]>,
  wanted: number,
): AsyncGenerator<StagedRecord[]> {
  for await (const batch of batches) {
    yield batch.map((record) => {
      const { line, fields, error } = record;
      if (error !== undefined || fields.length === wanted) return record;
      const message = `Number of columns in file (${fields.length}) does not match that of the corresponding table (${wanted}), use file format option error_on_column_count_mismatch=false to ignore this error`;
      return { line, fields, error: { message, character: 1 } };
    });
  }
}
