import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './deployable.ts';

export interface Ended {
  readonly code: number;
  /** What it printed, both streams as they came. */
  readonly output: string;
}

/** Runs one of the project's tools in the repository's root; `onLine` sees what it prints, when it prints it. */
export const runTool = (
  tool: string,
  args: readonly string[],
  how: { readonly env?: NodeJS.ProcessEnv; readonly stop: AbortSignal; readonly onOutput?: (text: string) => void },
): Promise<Ended> =>
  new Promise((done, failed) => {
    const bin = join(ROOT, 'node_modules/.bin');
    const child = spawn(tool, args, {
      cwd: ROOT,
      env: { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, ...how.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: how.stop,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        how.onOutput?.(chunk.toString());
      });
    child.once('error', failed);
    child.once('close', (code) => done({ code: code ?? 1, output }));
  });
