import { invalid, unsupported } from '../catalog/errors.ts';
import { NONE, type Options } from '../stages/format-options.ts';
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
]);

/** Options as written, checked; those of a pipe skip a bad file by default where those of COPY abort. */
export const copyOptions = (given: Options, defaultOnError: OnError): CopyOptions => {
  for (const name of Object.keys(given))
    if (!KNOWN.has(name))
      throw ['SIZE_LIMIT', 'VALIDATION_MODE', 'INCLUDE_METADATA', 'LOAD_MODE', 'CLUSTER_AT_INGEST_TIME'].includes(name)
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
    fileFormat: typeof format === 'string' ? { FORMAT_NAME: format } : (format as Options | undefined),
  };
};

const onErrorOf = (value: string): OnError => {
  if (value === 'CONTINUE') return { kind: 'continue' };
  if (value === 'ABORT_STATEMENT') return { kind: 'abort' };
  const [whole, count, percent] = /^SKIP_FILE(?:_(\d+)(%)?)?$/.exec(value) ?? [];
  if (whole === undefined) throw invalid(`invalid value [${value}] for parameter 'ON_ERROR'`);
  return { kind: 'skip', errors: count === undefined ? 1 : Number(count), percent: percent !== undefined };
};
