import { integer, table, text, status, STATEMENT_TYPE, type Outcome } from '../session/outcome.ts';
import type { StagedFile } from '../stages/file-store.ts';
import type { CopyError } from './copy-error.ts';

/** What became of one file. */
export interface FileResult {
  readonly file: StagedFile;
  /** Where it lies, for people: `s3://bucket/path/file`. */
  readonly address: string;
  readonly status: 'LOADED' | 'PARTIALLY_LOADED' | 'LOAD_FAILED';
  readonly parsed: number;
  readonly loaded: number;
  readonly errors: number;
  readonly errorLimit: number;
  readonly firstError: CopyError | undefined;
  readonly allErrors: readonly CopyError[];
}

const COLUMNS = [
  text('file'),
  text('status'),
  integer('rows_parsed'),
  integer('rows_loaded'),
  integer('error_limit'),
  integer('errors_seen'),
  text('first_error'),
  integer('first_error_line'),
  integer('first_error_character'),
  text('first_error_column_name'),
];

/** COPY's result: a row a file, or a sentence if there was nothing to do. */
export const copyOutcome = (results: readonly FileResult[], returnFailedOnly: boolean): Outcome => {
  if (results.length === 0)
    return { ...status('Copy executed with 0 files processed.', STATEMENT_TYPE.copy), changed: 0 };
  const rows = results
    .filter(({ status }) => !returnFailedOnly || status !== 'LOADED')
    .map(({ address, status, parsed, loaded, errorLimit, errors, firstError }) => [
      address,
      status,
      parsed,
      loaded,
      errorLimit,
      errors,
      firstError?.message,
      firstError?.line,
      firstError?.character,
      firstError?.column,
    ]);
  return {
    ...table(COLUMNS, rows, STATEMENT_TYPE.copy),
    changed: results.reduce((sum, { loaded }) => sum + loaded, 0),
  };
};
