import type { CsvFormat } from './file-format.ts';
import { RecordCutter } from './lines.ts';
import { decode, invalidUtf8, type StagedRecord } from './record.ts';

/** Whether each record of such a file is one field, so that nothing inside it needs looking at. */
export const isWholeLine = (format: CsvFormat): boolean =>
  format.fieldDelimiter === undefined &&
  format.enclosedBy === undefined &&
  format.escapeUnenclosed === undefined &&
  format.recordDelimiter !== undefined;

/** Reads records of a single field: every byte between two record delimiters arrives as it is. Yields in batches. */
export async function* lineRecords(bytes: AsyncIterable<Buffer>, format: CsvFormat): AsyncGenerator<StagedRecord[]> {
  const cutter = new RecordCutter(format.recordDelimiter!);
  const nulls = new Set(format.nullIf);
  let line = 0;

  const read = (record: Buffer): StagedRecord | undefined => {
    line += 1;
    if (line <= format.skipHeader) return undefined;
    if (record.length === 0 && format.skipBlankLines) return undefined;
    const text = decode(record, format.replaceInvalidCharacters);
    if (text === undefined) return invalidUtf8(line, record);
    const field = format.trimSpace ? text.trim() : text;
    const isNull = nulls.has(field) || (field === '' && format.emptyFieldAsNull);
    return { line, fields: [isNull ? null : field] };
  };

  for await (const chunk of bytes) {
    const batch = cutter
      .push(chunk)
      .map(read)
      .filter((record) => record !== undefined);
    if (batch.length > 0) yield batch;
  }
  const rest = cutter.end();
  const last = rest && read(rest);
  if (last) yield [last];
}
