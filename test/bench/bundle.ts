import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { layOut } from '../../infra/cli/view/table.ts';
import { DEPLOYABLE } from '../../infra/cli/deploy/deployable.ts';
import { bundle } from '../../infra/bundle/bundle.ts';
import { LAMBDA_ENVIRONMENT } from '../bundles/lambda-environment.ts';

const STARTS = 9;

interface Bundle {
  readonly gzippedKiB: number;
  readonly importMs: number;
  readonly residentMiB: number;
}

const IMPORT = `const t = performance.now(); await import(process.argv[1]);
  console.log(JSON.stringify([performance.now() - t, process.memoryUsage.rss()])); process.exit(0);`;

/** Imports a service's bundle, with or without what an AWS-hosted account never uses, in fresh processes. */
const measure = async (service: string, isWhole: boolean, directory: string): Promise<Bundle> => {
  const outfile = await bundle(service, join(directory, isWhole ? 'whole' : 'stubbed'), isWhole);
  const starts: [number, number][] = [];
  for (let start = 0; start < STARTS; start += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', IMPORT, outfile], {
      env: LAMBDA_ENVIRONMENT,
    });
    starts.push(JSON.parse(stdout) as [number, number]);
  }
  const middle = (index: 0 | 1): number => starts.map((it) => it[index]).toSorted((a, b) => a - b)[STARTS >> 1]!;
  return {
    gzippedKiB: gzipSync(await readFile(outfile), { level: 9 }).length / 1024,
    importMs: middle(0),
    residentMiB: middle(1) / 2 ** 20,
  };
};

const directory = await mkdtemp(join(tmpdir(), 'firn-bundles-'));
const rows: string[][] = [];
try {
  for (const service of DEPLOYABLE.filter((it) => it !== 'platform')) {
    process.stderr.write(`${service}\n`);
    const whole = await measure(service, true, directory);
    const stubbed = await measure(service, false, directory);
    const cell = (of: keyof Bundle): string => `${stubbed[of].toFixed(0)} (${whole[of].toFixed(0)})`;
    const ratio = `${((100 * stubbed.importMs) / whole.importMs).toFixed(0)} %`;
    rows.push([service, cell('gzippedKiB'), cell('importMs'), ratio, cell('residentMiB')]);
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}
const columns = [
  { name: 'service' },
  { name: 'KiB gzipped' },
  { name: 'ms to import' },
  { name: 'of whole' },
  { name: 'MiB' },
];
const table = layOut(columns, rows, process.stdout.columns ?? 80);
process.stdout.write(`${[...table.head, ...rows.map((it) => table.line(it))].join('\n')}
In brackets with everything that snowflake-sdk brings along. Aims: at most 550 KiB, 60 % of the time.\n`);
