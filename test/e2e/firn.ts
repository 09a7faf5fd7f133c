import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const FIRN = resolve(import.meta.dirname, '../../firn');
const ROOT = resolve(import.meta.dirname, '../..');

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as its user would, to its end. */
export const firn = (...args: readonly string[]): Promise<Outcome> =>
  new Promise((done) => {
    execFile(FIRN, args, { cwd: ROOT, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });

/** Starts the command line and leaves it running. */
export const start = (...args: readonly string[]): ChildProcess =>
  spawn(FIRN, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });

/** Settles once the running command has printed the word; rejects if it ends without. */
export const said = (running: ChildProcess, word: string): Promise<void> =>
  new Promise((seen, failed) => {
    let text = '';
    const listen = (chunk: Buffer): void => {
      text += chunk.toString();
      if (text.includes(word)) seen();
    };
    running.stdout!.on('data', listen);
    running.stderr!.on('data', listen);
    running.once('close', (code) => failed(new Error(`firn ended with ${code} and never said "${word}":\n${text}`)));
  });

/** Settles once the process has ended. */
export const ended = async (running: ChildProcess): Promise<void> => {
  if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
};

/** The rows that `firn sql --json` prints. */
export const query = async (data: string, sql: string): Promise<readonly Record<string, unknown>[]> => {
  const { code, stdout, stderr } = await firn('sql', sql, '--data', data, '--json');
  if (code !== 0) throw new Error(`firn sql ended with ${code}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>[];
};

/** A directory of one's own, until it is removed. */
export const temporaryDirectory = async (): Promise<{ directory: string; remove: () => Promise<void> }> => {
  const directory = await mkdtemp(join(tmpdir(), 'firn-e2e-'));
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) };
};

/** A directory of one's own, gone when the work is done. */
export const withDirectory = async <T>(work: (directory: string) => Promise<T>): Promise<T> => {
  const { directory, remove } = await temporaryDirectory();
  try {
    return await work(directory);
  } finally {
    await remove();
  }
};

/** The target's content as one number and one hash, whatever batches brought it. */
export const FINGERPRINT = `
  SELECT COUNT(*) AS ITEMS, SUM(GROSS_AMOUNT) AS TOTAL, HASH_AGG(
    ORDER_NUMBER, ORDER_DATE, CUSTOMER_ID, COUNTRY, LINE_NUMBER, SKU, DESCRIPTION, QUANTITY, UNIT_PRICE, IS_CANCELLATION,
    GROSS_AMOUNT, ORDER_TOTAL, LINE_COUNT, SKU_NORMALIZED, DESCRIPTION_CLEAN, IS_MERCHANDISE, ORDER_MONTH, FILE_ROW_NUMBER
  )::VARCHAR AS CONTENT
  FROM DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS`;
