import { gzipSync } from 'node:zlib';
import { unsupported } from '../catalog/errors.ts';
import type { CsvFormat, FileFormat, TextFormat } from '../stages/file-format.ts';

/** One value of a row; `quoted` where it is enclosed if the format encloses fields. */
interface Cell {
  readonly text: string | null;
  readonly quoted: boolean;
}

/** A row as a line of a file, with its delimiter. */
export const lineOf = (cells: readonly Cell[], format: TextFormat): string =>
  format.type === 'JSON'
    ? `${cells[0]!.text ?? 'null'}\n`
    : cells.map((cell) => fieldOf(cell, format)).join(format.fieldDelimiter ?? '') + (format.recordDelimiter ?? '');

const fieldOf = ({ text, quoted }: Cell, format: CsvFormat): string => {
  const { enclosedBy, escape, escapeUnenclosed, fieldDelimiter, recordDelimiter, nullIf } = format;
  if (text === null) return nullIf[0] ?? '';
  if (enclosedBy !== undefined && quoted) {
    const inside = escape === undefined ? text : text.replaceAll(escape, escape + escape);
    return enclosedBy + inside.replaceAll(enclosedBy, (escape ?? enclosedBy) + enclosedBy) + enclosedBy;
  }
  if (escapeUnenclosed === undefined || enclosedBy !== undefined) return text;
  const special = [escapeUnenclosed, fieldDelimiter, recordDelimiter].filter((each) => each !== undefined);
  return special.reduce((escaped, each) => escaped.replaceAll(each, escapeUnenclosed + each), text);
};

/** A file's bytes as its format compresses them, gzip unless it says otherwise. */
export const encoded = (content: Buffer, format: TextFormat): Buffer =>
  isCompressed(format) ? gzipSync(content) : content;

/** How a file's name ends. */
export const extensionOf = (format: FileFormat): string => {
  if (format.type === 'PARQUET') return format.compression === 'NONE' ? '.parquet' : '.snappy.parquet';
  return `.${format.type.toLowerCase()}${isCompressed(format) ? '.gz' : ''}`;
};

const isCompressed = ({ compression }: TextFormat): boolean => {
  if (compression === 'NONE') return false;
  if (compression !== 'AUTO' && compression !== 'GZIP')
    throw unsupported(`unloading with COMPRESSION = ${compression}`);
  return true;
};
