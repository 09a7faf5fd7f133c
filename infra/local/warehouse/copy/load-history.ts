import type { Duck, Run } from '../engine/duck.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { FileResult } from './file-result.ts';

/** Whose memory of loaded files it is: a table's (COPY) or a pipe's. */
export interface Loader {
  readonly tableId: number;
  /** 0 for COPY. */
  readonly pipeId: number;
}

/** What the history keeps beside a file's result. */
export interface LoadedInto {
  readonly table: readonly string[];
  readonly pipe: readonly string[] | undefined;
  readonly stageLocation: string;
  readonly at: Date;
  readonly receivedAt?: Date;
}

const TABLE = '_catalog.load_history';
const COPY_DAYS = 64;
const PIPE_DAYS = 14;

/** Makes the table of loaded files, if it is not there. */
export const createLoadHistory = async (duck: Duck): Promise<void> => {
  await duck.run(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (table_id BIGINT, pipe_id BIGINT, address VARCHAR, etag VARCHAR, file_name VARCHAR, stage_location VARCHAR, status VARCHAR,
      parsed BIGINT, loaded BIGINT, size BIGINT, error VARCHAR, error_line BIGINT, error_character BIGINT, error_column VARCHAR, errors BIGINT, error_limit BIGINT,
      table_path VARCHAR[], pipe_path VARCHAR[], received_at TIMESTAMPTZ, loaded_at TIMESTAMPTZ)`,
  );
};

/** The addresses that need no loading again: COPY forgets after 64 days or when a file has changed, a pipe after 14 days and goes by the name alone. */
export const alreadyLoaded = async (
  duck: Pick<Duck, 'rows'>,
  { tableId, pipeId }: Loader,
  now: Date,
): Promise<{ has(address: string, etag: string): boolean }> => {
  const days = pipeId === 0 ? COPY_DAYS : PIPE_DAYS;
  const since = new Date(now.getTime() - days * 86_400_000);
  const rows = await duck.rows(
    `SELECT address, etag FROM ${TABLE} WHERE table_id = ${tableId} AND pipe_id = ${pipeId} AND status <> 'LOAD_FAILED' AND loaded_at >= TIMESTAMPTZ ${quoteString(since.toISOString())}`,
  );
  const known = new Set(
    rows.map(({ address, etag }) => (pipeId === 0 ? `${String(address)}\0${String(etag)}` : String(address))),
  );
  return { has: (address, etag) => known.has(pipeId === 0 ? `${address}\0${etag}` : address) };
};

/** Remembers what became of a file, in the transaction that loaded it. */
export const remember = async (
  run: Run,
  { tableId, pipeId }: Loader,
  result: FileResult,
  into: LoadedInto,
): Promise<void> => {
  const { file, address } = result;
  const error = result.firstError;
  await run(
    `INSERT INTO ${TABLE} VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, ${list(into.table)}, ${into.pipe ? list(into.pipe) : 'NULL'}, ${time(into.receivedAt)}, ${time(into.at)})`,
    [
      BigInt(tableId),
      BigInt(pipeId),
      address,
      file.etag,
      address.startsWith(into.stageLocation) ? address.slice(into.stageLocation.length) : address,
      into.stageLocation,
      result.status,
      BigInt(result.parsed),
      BigInt(result.loaded),
      BigInt(file.size),
      error?.message ?? null,
      error === undefined ? null : BigInt(error.line),
      error === undefined ? null : BigInt(error.character),
      error?.column ?? null,
      BigInt(result.errors),
      BigInt(result.errorLimit),
    ],
  );
};

const list = (path: readonly string[]): string => `[${path.map(quoteString).join(', ')}]`;
const time = (at: Date | undefined): string =>
  at === undefined ? 'NULL' : `TIMESTAMPTZ ${quoteString(at.toISOString())}`;
