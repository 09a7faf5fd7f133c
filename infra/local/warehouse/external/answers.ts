import { createHash } from 'node:crypto';
import { failed } from './failed.ts';

/** What Node has and TypeScript does not know yet. */
type RawJson = JSON & { rawJSON(text: string): { readonly rawJSON: string } };

/** The values in a service's response, one for each row that was sent: texts as they are, anything else as JSON, null for null. */
export const answersOf = (name: string, md5: string | null, body: Buffer, rows: number): (string | null)[] => {
  if (md5 !== null && createHash('md5').update(body).digest('base64') !== md5)
    throw failed(name, 'The checksum in the header Content-MD5 is not that of the response.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'), exactNumbers);
  } catch {
    throw failed(name, 'Error parsing JSON: Invalid response');
  }
  const data = (parsed as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) throw failed(name, 'top-level JSON object must contain "data" JSON array element');
  if (data.length !== rows)
    throw failed(name, `function received the wrong number of rows: ${data.length} for ${rows}`);
  return data.map((row: unknown, i) => {
    if (!Array.isArray(row) || row.length !== 2) throw failed(name, 'each row must have a row number and one value');
    const [number, value] = row as [unknown, unknown];
    if (String(plain(number)) !== String(i)) throw failed(name, 'row numbers are out of order');
    return value === null ? null : JSON.stringify(value);
  });
};

/** Keeps numbers as they were written: a NUMBER has more digits than JavaScript. */
const exactNumbers = (_: string, value: unknown, source?: { source?: string }): unknown =>
  typeof value === 'number' && source?.source !== undefined ? (JSON as RawJson).rawJSON(source.source) : value;

const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'rawJSON' in value ? value.rawJSON : value;
