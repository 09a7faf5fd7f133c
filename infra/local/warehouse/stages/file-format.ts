import { SnowflakeError } from '../contract.ts';
import { NONE, type Options, type OptionValue } from './format-options.ts';
import { delimiter, text } from './option-text.ts';
import { parquetFormat, type ParquetFormat } from './parquet-format.ts';

/** How bytes become the records of a delimited file. Absent delimiters and characters mean NONE. */
export interface CsvFormat {
  readonly type: 'CSV';
  readonly compression: Compression;
  readonly recordDelimiter: string | undefined;
  readonly fieldDelimiter: string | undefined;
  readonly skipHeader: number;
  readonly parseHeader: boolean;
  readonly skipBlankLines: boolean;
  readonly enclosedBy: string | undefined;
  readonly escape: string | undefined;
  readonly escapeUnenclosed: string | undefined;
  readonly trimSpace: boolean;
  readonly nullIf: readonly string[];
  readonly emptyFieldAsNull: boolean;
  readonly errorOnColumnCountMismatch: boolean;
  readonly replaceInvalidCharacters: boolean;
  readonly skipByteOrderMark: boolean;
}

/** How bytes become JSON documents. */
export interface JsonFormat {
  readonly type: 'JSON';
  readonly compression: Compression;
  readonly stripOuterArray: boolean;
  readonly stripNullValues: boolean;
  readonly allowDuplicate: boolean;
  /** Strings that stand for NULL where members become columns. */
  readonly nullIf: readonly string[];
  /** Whether strings lose the space around them where members become columns. */
  readonly trimSpace: boolean;
  readonly replaceInvalidCharacters: boolean;
  readonly skipByteOrderMark: boolean;
}

/** A format whose files are text. */
export type TextFormat = CsvFormat | JsonFormat;
export type FileFormat = TextFormat | ParquetFormat;
/** Whether the first record of a file names the fields of the others, which makes documents of them. */
export const hasHeader = (format: FileFormat): boolean => format.type === 'CSV' && format.parseHeader;

/** The types of formats that can be read. */
export type FormatType = FileFormat['type'];

export type Compression = 'AUTO' | 'GZIP' | 'BROTLI' | 'ZSTD' | 'DEFLATE' | 'RAW_DEFLATE' | 'NONE';

const SHARED = { TYPE: 'CSV', COMPRESSION: 'AUTO', REPLACE_INVALID_CHARACTERS: false, SKIP_BYTE_ORDER_MARK: true };
const TEXTUAL = { DATE_FORMAT: 'AUTO', TIME_FORMAT: 'AUTO', TIMESTAMP_FORMAT: 'AUTO', BINARY_FORMAT: 'HEX' };

/** Every option of a type with its default, in the order in which DESCRIBE FILE FORMAT lists them. */
export const FORMAT_DEFAULTS: Readonly<Record<FormatType, Options>> = {
  CSV: {
    ...SHARED,
    RECORD_DELIMITER: '\n',
    FIELD_DELIMITER: ',',
    FILE_EXTENSION: '',
    SKIP_HEADER: 0,
    PARSE_HEADER: false,
    ...TEXTUAL,
    ESCAPE: NONE,
    ESCAPE_UNENCLOSED_FIELD: '\\',
    TRIM_SPACE: false,
    FIELD_OPTIONALLY_ENCLOSED_BY: NONE,
    NULL_IF: [String.raw`\N`],
    ERROR_ON_COLUMN_COUNT_MISMATCH: true,
    VALIDATE_UTF8: true,
    SKIP_BLANK_LINES: false,
    EMPTY_FIELD_AS_NULL: true,
    ENCODING: 'UTF8',
    MULTI_LINE: true,
  },
  JSON: {
    ...SHARED,
    TYPE: 'JSON',
    FILE_EXTENSION: '',
    ...TEXTUAL,
    TRIM_SPACE: false,
    NULL_IF: [],
    ENABLE_OCTAL: false,
    ALLOW_DUPLICATE: false,
    STRIP_OUTER_ARRAY: false,
    STRIP_NULL_VALUES: false,
    IGNORE_UTF8_ERRORS: false,
    MULTI_LINE: true,
  },
  PARQUET: {
    TYPE: 'PARQUET',
    COMPRESSION: 'AUTO',
    SNAPPY_COMPRESSION: true,
    BINARY_AS_TEXT: true,
    USE_LOGICAL_TYPE: false,
    TRIM_SPACE: false,
    USE_VECTORIZED_SCANNER: false,
    REPLACE_INVALID_CHARACTERS: false,
    NULL_IF: [],
  },
};

/** Options as given, checked against what their type knows; refuses what would not be honoured. */
export const checkedOptions = (given: Options): Options => {
  const type = text(given['TYPE'] ?? 'CSV').toUpperCase();
  if (type !== 'CSV' && type !== 'JSON' && type !== 'PARQUET') throw unsupported(`file format type ${type}`);
  const known = FORMAT_DEFAULTS[type];
  for (const [name, value] of Object.entries(given)) {
    if (!(name in known)) throw invalid(`invalid parameter '${name}'`);
    const refused = REFUSED.has(name) || (type === 'PARQUET' && REFUSED_OF_PARQUET.has(name));
    if (refused && text(value) !== text(known[name])) throw unsupported(`file format option ${name} = ${text(value)}`);
  }
  if (
    type === 'CSV' &&
    text(given['ENCODING'] ?? 'UTF8')
      .replaceAll('-', '')
      .toUpperCase() !== 'UTF8'
  ) {
    throw unsupported(`file format option ENCODING = ${text(given['ENCODING'])}`);
  }
  if (type !== 'PARQUET') compressionOf(given['COMPRESSION']);
  return { ...given, TYPE: type };
};

/** The format that options stand for, with Snowflake's defaults for the rest. */
export const fileFormatOf = (given: Options): FileFormat => {
  const checked = checkedOptions(given);
  const type = checked['TYPE'] as FormatType;
  if (type === 'PARQUET') return parquetFormat(checked);
  const all = { ...FORMAT_DEFAULTS[type], ...checked };
  const shared = {
    compression: compressionOf(all['COMPRESSION']),
    replaceInvalidCharacters: all['REPLACE_INVALID_CHARACTERS'] === true || all['IGNORE_UTF8_ERRORS'] === true,
    skipByteOrderMark: all['SKIP_BYTE_ORDER_MARK'] === true,
  };
  if (type === 'JSON') {
    return {
      type,
      ...shared,
      stripOuterArray: all['STRIP_OUTER_ARRAY'] === true,
      stripNullValues: all['STRIP_NULL_VALUES'] === true,
      allowDuplicate: all['ALLOW_DUPLICATE'] === true,
      nullIf: textsOf(all['NULL_IF']),
      trimSpace: all['TRIM_SPACE'] === true,
    };
  }
  return {
    type,
    ...shared,
    recordDelimiter: delimiter(all['RECORD_DELIMITER']),
    fieldDelimiter: delimiter(all['FIELD_DELIMITER']),
    skipHeader: Number(all['SKIP_HEADER']),
    parseHeader: all['PARSE_HEADER'] === true,
    skipBlankLines: all['SKIP_BLANK_LINES'] === true,
    enclosedBy: delimiter(all['FIELD_OPTIONALLY_ENCLOSED_BY']),
    escape: delimiter(all['ESCAPE']),
    escapeUnenclosed: delimiter(all['ESCAPE_UNENCLOSED_FIELD']),
    trimSpace: all['TRIM_SPACE'] === true,
    nullIf: textsOf(all['NULL_IF']),
    emptyFieldAsNull: all['EMPTY_FIELD_AS_NULL'] === true,
    errorOnColumnCountMismatch: all['ERROR_ON_COLUMN_COUNT_MISMATCH'] === true,
  };
};

const textsOf = (value: OptionValue | undefined): readonly string[] =>
  Array.isArray(value) ? (value as string[]) : [text(value)];

/** Options that change what is loaded and are honoured only at their default. */
const REFUSED = new Set([
  'DATE_FORMAT',
  'TIME_FORMAT',
  'TIMESTAMP_FORMAT',
  'BINARY_FORMAT',
  'ENABLE_OCTAL',
  'MULTI_LINE',
  'VALIDATE_UTF8',
]);

const REFUSED_OF_PARQUET = new Set(['BINARY_AS_TEXT', 'TRIM_SPACE', 'NULL_IF']);

const COMPRESSIONS = new Set(['AUTO', 'GZIP', 'BROTLI', 'ZSTD', 'DEFLATE', 'RAW_DEFLATE', 'NONE']);

const compressionOf = (value: OptionValue | undefined): Compression => {
  const name = text(value ?? 'AUTO').toUpperCase();
  if (!COMPRESSIONS.has(name)) throw unsupported(`COMPRESSION = ${name}`);
  return name as Compression;
};

const invalid = (message: string): SnowflakeError =>
  new SnowflakeError('001003', '42000', `SQL compilation error:\n${message}`);

const unsupported = (feature: string): SnowflakeError =>
  new SnowflakeError('000002', '0A000', `Unsupported feature '${feature}'.`);
