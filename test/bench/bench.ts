import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { layOut } from '../../infra/cli/view/table.ts';
import { baseline } from './baseline.ts';
import { flattenSeconds, statementSeconds } from './driver.ts';
import { longLog } from './log-bench.ts';
import { makeOrders } from './make-orders.ts';
import { suiteSeconds } from './suite-bench.ts';
import { claimedToLoaded, wholeJob } from './whole-job.ts';

// As many orders, and nearly as many line items, as the public year of a web shop that the aims are stated for.
const FULL = 25_900;
const ONE_BATCH = 500;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });

const say = (text: string): void => void process.stderr.write(text);
const scratch = await mkdtemp(join(tmpdir(), 'firn-bench-files-'));
const results: { measure: string; measured: string; aim: string }[] = [];
const raw: Record<string, number> = {};
const seconds = (value: number): string => `${value.toFixed(value < 1 ? 3 : 1)} s`;
const perSecond = (rows: number, time: number): string => `${Math.round(rows / time).toLocaleString('en')} rows/s`;

const wholeJobAgainstScript = async (): Promise<void> => {
  const files =
    positionals.length > 0 ? positionals.map((it) => resolve(it)) : await makeOrders(join(scratch, 'full'), FULL);
  say(`Whole job: ${files.length} files\n`);
  const script = await baseline(files, join(scratch, 'baseline.duckdb'));
  let last = '';
  const job = await wholeJob(files, ({ landed, batches }) => {
    const now = `  ${[...landed.values()].reduce((a, b) => a + b, 0)} documents in, ${batches.reduce((sum, it) => sum + it.loaded, 0)} rows loaded\n`;
    if (now !== last) say(now);
    last = now;
  });
  if (job.rows !== script.rows) throw new Error(`the job loaded ${job.rows} rows, the script ${script.rows}`);
  results.push(
    {
      measure: 'hand-written script',
      measured: `${seconds(script.seconds)}, ${perSecond(script.rows, script.seconds)}`,
      aim: '',
    },
    {
      measure: 'whole job, file to target',
      measured: `${seconds(job.seconds)}, ${perSecond(job.rows, job.seconds)}`,
      aim: '',
    },
    { measure: 'whole job / script', measured: `${(job.seconds / script.seconds).toFixed(2)}x`, aim: 'at most 2.5x' },
    { measure: "stack's memory at its peak", measured: `${job.peakMiB} MiB`, aim: '' },
  );
  Object.assign(raw, {
    rows: job.rows,
    scriptSeconds: script.seconds,
    jobSeconds: job.seconds,
    jobToScript: job.seconds / script.seconds,
    jobPeakMiB: job.peakMiB,
  });
};

const oneBatch = async (): Promise<void> => {
  say(`One batch of ${ONE_BATCH} rows, three times\n`);
  const all: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    // About 21 line items an order.
    const files = await makeOrders(join(scratch, `small-${round}`), Math.round(ONE_BATCH / 21));
    all.push(...(await claimedToLoaded(files)));
  }
  const middle = all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
  results.push({ measure: `${ONE_BATCH}-row batch, claimed to loaded`, measured: seconds(middle), aim: 'under 1 s' });
  raw['batchSeconds'] = middle;
};

const throughDriver = async (): Promise<void> => {
  say('Statements through the driver\n');
  const simple = await statementSeconds();
  const flatten = await flattenSeconds();
  const ratio = flatten.throughDriver / flatten.byHand;
  results.push(
    { measure: 'simple statement, median', measured: `${(simple * 1000).toFixed(1)} ms`, aim: 'under 5 ms' },
    { measure: 'FLATTEN of 541,909 elements, by hand', measured: seconds(flatten.byHand), aim: '' },
    { measure: 'the same through the driver', measured: seconds(flatten.throughDriver), aim: '' },
    { measure: 'driver / by hand', measured: `${ratio.toFixed(2)}x`, aim: 'under 1.5x' },
  );
  Object.assign(raw, {
    statementSeconds: simple,
    flattenByHand: flatten.byHand,
    flattenThroughDriver: flatten.throughDriver,
  });
};

const expectations = async (): Promise<void> => {
  say('Forty expectations on 541,909 rows\n');
  const { suite, byHand, oneByOne } = await suiteSeconds();
  const times = (value: number): string => `${value.toFixed(2)}x`;
  results.push(
    { measure: '40 expectations, 541,909 rows', measured: seconds(suite), aim: '' },
    { measure: 'the same / a query by hand', measured: times(suite / byHand), aim: 'under 1.5x' },
    { measure: 'one query an expectation / the same', measured: times(oneByOne / suite), aim: '' },
  );
  Object.assign(raw, { suiteSeconds: suite, suiteByHandSeconds: byHand, suiteOneByOneSeconds: oneByOne });
};

const operatorsView = async (): Promise<void> => {
  say('Commands on a log of 100,000 batches\n');
  const log = await longLog();
  const against = (long: number, short: number): string =>
    `${seconds(long)}, ${(long / short).toFixed(2)}x that of 10 batches`;
  results.push(
    { measure: 'firn status, 100,000 batches', measured: against(log.status, log.statusOfShort), aim: 'under 1 s' },
    { measure: 'firn batch, 100,000 batches', measured: against(log.batch, log.batchOfShort), aim: 'under 1 s' },
  );
  Object.assign(raw, { statusSeconds: log.status, batchLifeSeconds: log.batch });
};

try {
  await operatorsView();
  await throughDriver();
  await expectations();
  await oneBatch();
  await wholeJobAgainstScript();
} finally {
  await rm(scratch, { recursive: true, force: true });
}

const cells = results.map((it) => [it.measure, it.measured, it.aim]);
const table = layOut([{ name: 'measure' }, { name: 'measured' }, { name: 'aim' }], cells, process.stdout.columns ?? 80);
process.stdout.write(
  values.json ? `${JSON.stringify(raw)}\n` : `${[...table.head, ...cells.map((it) => table.line(it))].join('\n')}\n`,
);
