import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fillLog } from './fill-log.ts';
import { startStackProcess } from './stack-process.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BATCHES = 100_000;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const secondsOf = async (args: readonly string[]): Promise<number> => {
  const all: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    const child = spawn(resolve(ROOT, 'firn'), args, { cwd: ROOT, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`firn ${args.join(' ')} ended with ${String(code)}`);
    all.push((performance.now() - started) / 1000);
  }
  return median(all);
};

/** What operators wait for: the commands themselves, process and all, on a short log and on one of 100,000 batches. */
export interface LogMeasured {
  readonly batches: number;
  readonly status: number;
  readonly batch: number;
  readonly statusOfShort: number;
  readonly batchOfShort: number;
}

/** Measures `firn status` and `firn batch` beside a running stack. */
export const longLog = async (): Promise<LogMeasured> => {
  const measure = async (batches: number): Promise<readonly [number, number]> => {
    let stack = await startStackProcess();
    try {
      const id = await fillLog(stack.endpoints.warehouse, batches);
      // A log grows over months; the checkpoint of so much at once is no operator's wait.
      stack = await stack.restart();
      const data = ['--data', stack.data];
      return [await secondsOf(['status', ...data]), await secondsOf(['batch', id, ...data])];
    } finally {
      await stack.close();
    }
  };
  const [statusOfShort, batchOfShort] = await measure(10);
  const [status, batch] = await measure(BATCHES);
  return { batches: BATCHES, status, batch, statusOfShort, batchOfShort };
};
