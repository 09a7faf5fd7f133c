import { invalid, unsupported } from '../catalog/errors.ts';
import { NONE, type Options, type OptionValue } from '../stages/format-options.ts';
import { text } from '../stages/option-text.ts';

/** How many bad records a file may have: none at all, up to a limit beyond which the file is skipped, or any number. */
export type OnError =
  | { readonly kind: 'abort' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'skip'; readonly errors: number; readonly percent: boolean };

/** What a pipe does with a bad file unless told otherwise. */
export const PIPE_ON_ERROR: OnError = { kind: 'skip', errors: 1, percent: false };

/** COPY INTO's own options. */
export interface CopyOptions {
  readonly onError: OnError;
  readonly files: readonly string[] | undefined;
  readonly pattern: string | undefined;
  readonly force: boolean;
  readonly purge: boolean;
  readonly truncateColumns: boolean;
  readonly matchByColumnName: 'CASE_SENSITIVE' | 'CASE_INSENSITIVE' | undefined;
  readonly returnFailedOnly: boolean;
  readonly fileFormat: Options | undefined;
  /** No further file is loaded once these many bytes have been. */
  readonly sizeLimit: number;
  /** What VALIDATION_MODE asks for instead of loading: errors of files not loaded yet, or of all of them. */
  readonly validation: 'RETURN_ERRORS' | 'RETURN_ALL_ERRORS' | undefined;
  /** Columns that get what METADATA$ says about their record, by column. */
  readonly includeMetadata: Readonly<Record<string, string>>;
}

const KNOWN = new Set([
  'ON_ERROR',
  'FILES',
  'PATTERN',
  'FORCE',
  'PURGE',
  'TRUNCATECOLUMNS',
  'ENFORCE_LENGTH',
  'MATCH_BY_COLUMN_NAME',
  'RETURN_FAILED_ONLY',
  'FILE_FORMAT',
  'LOAD_UNCERTAIN_FILES',
  'STORAGE_INTEGRATION',
  'CREDENTIALS',
  'ENCRYPTION',
  'SIZE_LIMIT',
  'VALIDATION_MODE',
  'INCLUDE_METADATA',
]);

/** Options as written, checked; those of a pipe skip a bad file by default where those of COPY abort. */
export const copyOptions = (given: Options, defaultOnError: OnError): CopyOptions => {
  for (const name of Object.keys(given))
    if (!KNOWN.has(name))
      throw ['LOAD_MODE', 'CLUSTER_AT_INGEST_TIME'].includes(name)
        ? unsupported(`COPY option ${name}`)
        : invalid(`invalid parameter '${name}'`);
  const match = given['MATCH_BY_COLUMN_NAME'] === undefined ? 'NONE' : text(given['MATCH_BY_COLUMN_NAME']);
  const format = given['FILE_FORMAT'];
  return {
    onError: given['ON_ERROR'] === undefined ? defaultOnError : onErrorOf(text(given['ON_ERROR']).toUpperCase()),
    files: Array.isArray(given['FILES']) ? (given['FILES'] as string[]) : undefined,
    pattern: given['PATTERN'] === undefined ? undefined : text(given['PATTERN']),
    force: given['FORCE'] === true,
    purge: given['PURGE'] === true,
    truncateColumns: given['TRUNCATECOLUMNS'] === true || given['ENFORCE_LENGTH'] === false,
    matchByColumnName:
      match === 'NONE' || match === NONE ? undefined : (match as 'CASE_SENSITIVE' | 'CASE_INSENSITIVE'),
    returnFailedOnly: given['RETURN_FAILED_ONLY'] === true,
    sizeLimit: sizeLimitOf(given['SIZE_LIMIT']),
    validation: validationOf(given['VALIDATION_MODE']),
    includeMetadata: metadataOf(given['INCLUDE_METADATA'], match),
    fileFormat: typeof format === 'string' ? { FORMAT_NAME: format } : (format as Options | undefined),
  };
};

const sizeLimitOf = (value: OptionValue | undefined): number => {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  const limit = Number(text(value));
  if (!Number.isInteger(limit) || limit <= 0)
    throw invalid(`invalid value [${text(value)}] for parameter 'SIZE_LIMIT'`);
  return limit;
};

const validationOf = (value: OptionValue | undefined): CopyOptions['validation'] => {
  if (value === undefined) return undefined;
  const mode = text(value).toUpperCase();
  if (mode !== 'RETURN_ERRORS' && mode !== 'RETURN_ALL_ERRORS') throw unsupported(`VALIDATION_MODE = ${mode}`);
  return mode;
};

const metadataOf = (value: OptionValue | undefined, match: string): Record<string, string> => {
  if (value === undefined) return {};
  if (match === 'NONE' || match === NONE) throw invalid('INCLUDE_METADATA needs MATCH_BY_COLUMN_NAME');
  return Object.fromEntries(
    Object.entries(value as Options).map(([column, source]) => [column, text(source).toUpperCase()]),
  );
};

const onErrorOf = (value: string): OnError => {
  if (value === 'CONTINUE') return { kind: 'continue' };
  if (value === 'ABORT_STATEMENT') return { kind: 'abort' };
  const [whole, count, percent] = /^SKIP_FILE(?:_(\d+)(%)?)?$/.exec(value) ?? [];
  if (whole === undefined) throw invalid(`invalid value [${value}] for parameter 'ON_ERROR'`);
  return { kind: 'skip', errors: count === undefined ? 1 : Number(count), percent: percent !== undefined };
};
