import type { JsonFormat } from './file-format.ts';
import { JsonSplitter } from './json-splitter.ts';
import { decode, invalidUtf8, type StagedRecord } from './record.ts';

/** Reads JSON documents, separated by white space or commas, in batches; with `stripOuterArray` the elements of an array count as documents. */
export async function* jsonRecords(bytes: AsyncIterable<Buffer>, format: JsonFormat): AsyncGenerator<StagedRecord[]> {
  const splitter = new JsonSplitter(format.stripOuterArray);
  let line = 0;
  const read = (document: Buffer): StagedRecord => {
    line += 1;
    const text = decode(document, format.replaceInvalidCharacters);
    return text === undefined ? invalidUtf8(line, document) : checked(line, text, format);
  };
  for await (const chunk of bytes) {
    const batch = splitter.push(chunk).map(read);
    if (batch.length > 0) yield batch;
  }
  const batch = splitter.end().map(read);
  if (batch.length > 0) yield batch;
}

const checked = (line: number, text: string, format: JsonFormat): StagedRecord => {
  try {
    const value: unknown = JSON.parse(text);
    return { line, fields: [format.stripNullValues ? JSON.stringify(value, dropNulls) : text] };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { line, fields: [], error: { message: `Error parsing JSON: ${detail}`, character: 1 } };
  }
};

const dropNulls = (_key: string, value: unknown): unknown => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
};
