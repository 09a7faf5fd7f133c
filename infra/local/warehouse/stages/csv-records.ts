import { CsvScanner } from './csv-scanner.ts';
import type { CsvFormat } from './file-format.ts';
import { isWholeLine, lineRecords } from './line-records.ts';
import type { StagedRecord } from './record.ts';

/** Reads the records of a delimited file, in batches. A record that cannot be read comes with its error; its neighbours do not suffer. */
export const csvRecords = (bytes: AsyncIterable<Buffer>, format: CsvFormat): AsyncGenerator<StagedRecord[]> =>
  isWholeLine(format) ? lineRecords(bytes, format) : scanned(bytes, format);

async function* scanned(bytes: AsyncIterable<Buffer>, format: CsvFormat): AsyncGenerator<StagedRecord[]> {
  const scanner = new CsvScanner(format);
  // Latin-1 keeps one character for each byte, so that delimiters are found by text search and the bytes of a field stay known.
  let text = '';
  let waitFor = 0;
  let waiting: string[] = [];
  let waitingLength = 0;
  for await (const chunk of bytes) {
    waiting.push(chunk.toString('latin1'));
    waitingLength += chunk.length;
    if (text.length + waitingLength < waitFor) continue;
    text += waiting.join('');
    waiting = [];
    waitingLength = 0;
    const batch = scanner.scan(text, false);
    text = text.slice(batch.taken);
    // A record longer than what has arrived is not tried again before twice as much is there.
    waitFor = batch.records.length === 0 ? text.length * 2 : 0;
    if (batch.records.length > 0) yield batch.records;
  }
  const batch = scanner.scan(text + waiting.join(''), true);
  if (batch.records.length > 0) yield batch.records;
}
