import type { CsvFormat } from './file-format.ts';
import { readField, specialCharacters, type FieldRules, type RawField } from './csv-field.ts';
import { decode, invalidUtf8, type RecordError, type StagedRecord } from './record.ts';

const latin1 = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'utf8').toString('latin1');

/** Takes complete records off the front of a text in which each character is one byte. */
export class CsvScanner {
  readonly #format: CsvFormat;
  readonly #rules: FieldRules;
  readonly #nulls: ReadonlySet<string>;
  #line = 0;

  constructor(format: CsvFormat) {
    this.#format = format;
    this.#nulls = new Set(format.nullIf);
    const delimiters = [latin1(format.fieldDelimiter), latin1(format.recordDelimiter)] as const;
    const escapeUnenclosed = latin1(format.escapeUnenclosed);
    this.#rules = {
      fieldDelimiter: delimiters[0],
      recordDelimiter: delimiters[1],
      enclosedBy: latin1(format.enclosedBy),
      escape: latin1(format.escape),
      escapeUnenclosed,
      trimSpace: format.trimSpace,
      special: specialCharacters(...delimiters, escapeUnenclosed),
    };
  }

  /** The records that are complete in this text (all of them, if `final`), and how many characters they take. */
  scan(text: string, final: boolean): { records: StagedRecord[]; taken: number } {
    const records: StagedRecord[] = [];
    let at = 0;
    while (at < text.length) {
      if (this.#line < this.#format.skipHeader) {
        const end = text.indexOf('\n', at);
        if (end < 0 && !final) break;
        at = end < 0 ? text.length : end + 1;
        this.#line += 1;
        continue;
      }
      const next = this.#record(text, at, final, records);
      if (next === undefined) break;
      at = next;
    }
    return { records, taken: at };
  }

  #record(text: string, from: number, final: boolean, into: StagedRecord[]): number | undefined {
    const raw: RawField[] = [];
    let at = from;
    for (;;) {
      const field = readField(text, at, this.#rules, final);
      if (field === undefined) return undefined;
      if ('error' in field) return this.#skip(text, field, final, from, into);
      raw.push(field);
      at = field.next;
      if (field.endsRecord) break;
    }
    this.#line += 1;
    const blank = raw.length === 1 && raw[0]!.text === '' && !raw[0]!.enclosed;
    if (!(blank && this.#format.skipBlankLines)) into.push(this.#finished(raw));
    return at;
  }

  /** After an error inside a record, reading goes on behind the next record delimiter. */
  #skip(
    text: string,
    failed: { error: string; at: number },
    final: boolean,
    from: number,
    into: StagedRecord[],
  ): number | undefined {
    const delimiter = this.#rules.recordDelimiter;
    const end = delimiter === undefined ? -1 : text.indexOf(delimiter, failed.at);
    if (end < 0 && !final) return undefined;
    this.#line += 1;
    const error: RecordError = { message: failed.error, character: failed.at - from + 1 };
    into.push({ line: this.#line, fields: [], error });
    return end < 0 ? text.length : end + delimiter!.length;
  }

  #finished(raw: readonly RawField[]): StagedRecord {
    const fields: (string | null)[] = [];
    for (const { text, source, enclosed } of raw) {
      const bytes = Buffer.from(text, 'latin1');
      const value = ASCII.test(text) ? text : decode(bytes, this.#format.replaceInvalidCharacters);
      if (value === undefined) return invalidUtf8(this.#line, bytes);
      const isNull =
        this.#nulls.has(value) ||
        this.#nulls.has(source) ||
        (value === '' && !enclosed && this.#format.emptyFieldAsNull);
      fields.push(isNull ? null : value);
    }
    return { line: this.#line, fields };
  }
}

// oxlint-disable-next-line no-control-regex -- every byte below 128 is the same in UTF-8
const ASCII = /^[\u0000-\u007f]*$/;
