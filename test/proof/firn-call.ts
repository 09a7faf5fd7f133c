import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Outcome } from '../e2e/firn.ts';

/** Calls the `firn` of the repository in `root`, to its end. */
export const firnOf =
  (root: string) =>
  (...args: readonly string[]): Promise<Outcome> =>
    new Promise((done) => {
      execFile(join(root, 'firn'), args, { cwd: root, maxBuffer: 512 << 20 }, (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
      );
    });
export type Firn = ReturnType<typeof firnOf>;

/** Throws unless it holds; tells that it does otherwise. */
export const holds = (what: string, isSo: boolean, details: unknown = ''): void => {
  if (!isSo) throw new Error(`${what}: NOT SO ${typeof details === 'string' ? details : JSON.stringify(details)}`);
  process.stdout.write(`  ✓ ${what}\n`);
};

/** What a command prints as JSON; throws if it ends otherwise than expected. */
export const json = async <T>(call: Promise<Outcome>, codes: readonly number[] = [0]): Promise<T> => {
  const { code, stdout, stderr } = await call;
  if (!codes.includes(code)) throw new Error(`firn ended with ${code}: ${stdout}${stderr}`.slice(0, 4000));
  return JSON.parse(stdout) as T;
};
