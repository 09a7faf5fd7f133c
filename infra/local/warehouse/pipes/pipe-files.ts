import type { Duck, Run } from '../engine/duck.ts';
import { quoteString } from '../sql/string-literal.ts';
import type { StagedFile } from '../stages/file-store.ts';
import type { PipeObject } from './pipe-object.ts';

const KNOWN = '_catalog.pipe_known';
const QUEUE = '_catalog.pipe_queue';
const HISTORY = '_catalog.load_history';
const FORGOTTEN_AFTER_DAYS = 14;
const BATCH = 1000;

/** Makes the tables of files that lay there before a pipe, and of those that a REFRESH has queued. */
export const createPipeFiles = async (duck: Duck): Promise<void> => {
  await duck.run(`CREATE TABLE IF NOT EXISTS ${KNOWN} (pipe BIGINT, address VARCHAR, modified TIMESTAMPTZ)`);
  await duck.run(`CREATE TABLE IF NOT EXISTS ${QUEUE} (pipe BIGINT, address VARCHAR, queued_at TIMESTAMPTZ)`);
};

/** Remembers files that nobody will tell the pipe of: they were there before it. */
export const rememberKnown = async (
  run: Run,
  pipeId: number,
  files: readonly StagedFile[],
  root: string,
): Promise<void> => {
  for (let i = 0; i < files.length; i += BATCH) {
    const rows = files
      .slice(i, i + BATCH)
      .map(({ key, lastModified }) => `(${pipeId}, ${quoteString(root + key)}, ${time(lastModified)})`);
    await run(`INSERT INTO ${KNOWN} VALUES ${rows.join(', ')}`);
  }
};

/** Queues files for a pipe, whether or not it has heard of them before. */
export const enqueue = async (run: Run, pipeId: number, addresses: readonly string[], at: Date): Promise<void> => {
  for (let i = 0; i < addresses.length; i += BATCH) {
    const rows = addresses.slice(i, i + BATCH).map((address) => `(${pipeId}, ${quoteString(address)}, ${time(at)})`);
    await run(`INSERT INTO ${QUEUE} VALUES ${rows.join(', ')}`);
  }
};

/** Takes files out of a pipe's queue. */
export const dequeue = async (run: Run, pipeId: number, addresses: readonly string[]): Promise<void> => {
  for (let i = 0; i < addresses.length; i += BATCH) {
    const some = addresses.slice(i, i + BATCH).map(quoteString);
    await run(`DELETE FROM ${QUEUE} WHERE pipe = ${pipeId} AND address IN (${some.join(', ')})`);
  }
};

/** What a REFRESH has queued and nobody has loaded yet. */
export const queuedFor = async (duck: Pick<Duck, 'rows'>, pipeId: number): Promise<string[]> =>
  (await duck.rows(`SELECT DISTINCT address FROM ${QUEUE} WHERE pipe = ${pipeId}`)).map(({ address }) =>
    String(address),
  );

/** Whether a pipe would load a staged file: by its path alone for 14 days, each upload at most once after that. */
export interface Memory {
  /** Loaded within 14 days: neither a new upload nor a REFRESH loads it again. */
  loaded(address: string): boolean;
  /** This very upload was there before the pipe, or has been tried. */
  told(address: string, modified: Date): boolean;
}

/** What a pipe remembers of the files it may be told of. */
export const memoryOf = async (duck: Pick<Duck, 'rows'>, { id }: PipeObject, now: Date): Promise<Memory> => {
  const since = new Date(now.getTime() - FORGOTTEN_AFTER_DAYS * 86_400_000);
  const rows = await duck.rows(
    `SELECT address, epoch_ms(received_at) AS modified, status <> 'LOAD_FAILED' AND loaded_at >= ${time(since)} AS loaded FROM ${HISTORY} WHERE pipe_id = ${id}
     UNION ALL SELECT address, epoch_ms(modified), FALSE FROM ${KNOWN} WHERE pipe = ${id}`,
  );
  const loaded = new Set(rows.filter((row) => row['loaded'] === true).map(({ address }) => String(address)));
  const told = new Set(rows.map(({ address, modified }) => `${String(modified)} ${String(address)}`));
  return {
    loaded: (address) => loaded.has(address),
    told: (address, modified) => told.has(`${modified.getTime()} ${address}`),
  };
};

/** Where a pipe has come to: the file it loaded last. */
export const lastIngested = async (
  duck: Pick<Duck, 'rows'>,
  { id }: PipeObject,
): Promise<{ path: string; at: Date } | undefined> => {
  const [row] = await duck.rows(
    `SELECT file_name, epoch_ms(loaded_at) AS at FROM ${HISTORY} WHERE pipe_id = ${id} AND status <> 'LOAD_FAILED' ORDER BY loaded_at DESC, rowid DESC LIMIT 1`,
  );
  return row && { path: String(row['file_name']), at: new Date(Number(row['at'])) };
};

const time = (at: Date): string => `TIMESTAMPTZ ${quoteString(at.toISOString())}`;
