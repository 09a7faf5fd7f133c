import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyRepository } from '../e2e/copy.ts';
import { firnOf, holds, json, type Firn } from './firn-call.ts';
import { startStackChild } from './stack-child.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DATA = resolve(ROOT, '../shared/data/online-retail');
const MONTHS = ['2010-12', '2011-01', '2011-02', '2011-03', '2011-04', '2011-05', '2011-06', '2011-07', '2011-08'];
const FILES = MONTHS.map((it) => join(DATA, `orders-${it}.ndjson.gz`));
const TARGET = 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS';
const OLD_COLUMNS =
  'ORDER_NUMBER ORDER_DATE CUSTOMER_ID COUNTRY LINE_NUMBER SKU DESCRIPTION QUANTITY UNIT_PRICE IS_CANCELLATION GROSS_AMOUNT ORDER_TOTAL LINE_COUNT SKU_NORMALIZED DESCRIPTION_CLEAN IS_MERCHANDISE ORDER_MONTH FILE_NAME FILE_ROW_NUMBER'.split(
    ' ',
  );

type Orders = ReadonlyMap<string, string>;

/** Every order of the target as one text that all its rows go into, but for what depends on when it was loaded. */
const ordersIn = async (firn: Firn, data: string, columns: readonly string[]): Promise<Orders> => {
  const statement = `select ORDER_NUMBER, count(*) || ' ' || hash_agg(${columns.join(', ')})::varchar as CONTENT from ${TARGET} group by ORDER_NUMBER`;
  const rows = await json<readonly { ORDER_NUMBER: string; CONTENT: string }[]>(
    firn('sql', statement, '--data', data, '--json'),
  );
  return new Map(rows.map((it) => [it.ORDER_NUMBER, it.CONTENT]));
};

const differing = (one: Orders, other: Orders): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].filter((it) => one.get(it) !== other.get(it));

const numberOf = async (firn: Firn, data: string, query: string): Promise<number> =>
  (await json<readonly { N: number }[]>(firn('sql', query, '--data', data, '--json')))[0]!.N;

/** The same repository with a rule changed and a column added, as their owners would. */
const changeRules = async (root: string): Promise<void> => {
  const edit = async (path: string, from: string, to: string): Promise<void> => {
    const text = await readFile(join(root, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from} any more`);
    await writeFile(join(root, path), text.replace(from, to));
  };
  const rules = 'services/transform/pipelines/orders.sql';
  await edit(
    rules,
    ') AS IS_MERCHANDISE,',
    `) AND LINES.UNIT_PRICE > 0 AS IS_MERCHANDISE,
  (LINES.GROSS_AMOUNT / IFF(LINES.COUNTRY = 'United Kingdom', 1.2, 1))::NUMBER(18,3) AS NET_AMOUNT,`,
  );
  const load = 'services/load/pipelines/orders.ts';
  await edit(
    load,
    "{ name: 'ORDER_TOTAL',",
    "{ name: 'NET_AMOUNT', type: 'NUMBER(18,3)' },\n    { name: 'ORDER_TOTAL',",
  );
};

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly page: string;
  readonly report: {
    readonly tables: readonly {
      readonly live: string;
      readonly added: number;
      readonly removed: number;
      readonly columns: readonly { column: string; changed: number }[];
    }[];
  };
}

const quiet = async (firn: Firn, data: string): Promise<void> => {
  for (;;) {
    const { pipelines } = await json<{
      pipelines: readonly { inStream: number; waiting: number; inFlight: readonly string[]; trigger: string }[];
    }>(firn('status', '--data', data, '--json'));
    const [orders] = pipelines;
    if (orders!.inStream + orders!.waiting + orders!.inFlight.length === 0 && orders!.trigger === 'started') return;
    await sleep(1000);
  }
};

/** Six months, a new rule and a new column, three more months meanwhile; approved, held against a fresh load, and taken back. */
export const proveOnRealData = async (): Promise<void> => {
  if (!existsSync(DATA)) {
    process.stdout.write(
      `SKIPPED: there is no ${DATA}; this part needs the Online Retail orders there, one file a month\n`,
    );
    return;
  }
  const work = await mkdtemp(join(tmpdir(), 'firn-proof-'));
  try {
    const [changed, data, anew] = [join(work, 'changed'), join(work, 'data'), join(work, 'anew')];
    const firn = await copyRepository(changed);
    await changeRules(changed);
    process.stdout.write('six months by the old rules\n');
    await json(firnOf(ROOT)('run', ...FILES.slice(0, 6), '--data', data, '--json'));
    const before = await ordersIn(firn, data, OLD_COLUMNS);
    process.stdout.write('nine months by the new rules, afresh\n');
    await json(firn('run', ...FILES, '--data', anew, '--json'));
    const fresh = await ordersIn(firn, anew, [...OLD_COLUMNS, 'NET_AMOUNT']);
    const freshOld = await ordersIn(firn, anew, OLD_COLUMNS);
    process.stdout.write('a backfill by the new rules, while three months arrive\n');
    await backfillAndBack({ firn, root: changed, data, before, fresh, freshOld });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

interface Proof {
  readonly firn: Firn;
  readonly root: string;
  readonly data: string;
  readonly before: Orders;
  readonly fresh: Orders;
  readonly freshOld: Orders;
}

const backfillAndBack = async ({ firn, root, data, before, fresh, freshOld }: Proof): Promise<void> => {
  const stack = await startStackChild(root, data);
  try {
    const asked = firn(
      'backfill',
      'orders',
      '--expect',
      'NET_AMOUNT',
      '--chunks',
      '6',
      '--by',
      'ada',
      '--data',
      data,
      '--json',
    );
    await json(firn('ingest', ...FILES.slice(6), '--data', data, '--json'));
    const shown = await json<Shown>(asked, [3]);
    const changed = shown.report.tables.flatMap((it) =>
      it.columns.filter((column) => column.changed > 0).map(({ column }) => column),
    );
    holds('it waits for somebody, since more differs than was announced', shown.status === 'waits for approval', shown);
    holds(
      'exactly the new column and the changed rule differ, and no row is more or fewer',
      changed.toSorted().join() === 'IS_MERCHANDISE,NET_AMOUNT' &&
        shown.report.tables.every((it) => it.added + it.removed === 0),
      changed,
    );
    holds(
      'until then readers see what they saw',
      differing(await ordersIn(firn, data, OLD_COLUMNS), before).length === 0,
    );
    const waiting = await numberOf(
      firn,
      data,
      'select count(*) as N from DEV_RAW_PROCESSED.ECOMM.ORDERS_STREAMED where BATCH_ID is null',
    );
    holds(`what arrived meanwhile waits: ${waiting} documents`, waiting > 0);
    await json(firn('backfill', 'approve', shown.id, '--by', 'grace', '--data', data, '--json'));
    await quiet(firn, data);
    const lost = differing(await ordersIn(firn, data, [...OLD_COLUMNS, 'NET_AMOUNT']), fresh);
    holds(
      `approved, all nine months equal a fresh load, order for order: ${fresh.size} orders`,
      lost.length === 0,
      lost.slice(0, 5),
    );
    await json(firn('reconcile', '--data', data, '--json'));
    holds('every document is accounted for', true);
    await json(firn('backfill', 'rollback', shown.id, '--by', 'grace', '--data', data, '--json'));
    await quiet(firn, data);
    const arrived = [...freshOld].filter(([order]) => !before.has(order));
    const back = differing(await ordersIn(firn, data, OLD_COLUMNS), new Map([...before, ...arrived]));
    holds(
      `rolled back, the six months are what they were, and the ${arrived.length} orders that arrived since are still there`,
      back.length === 0,
      back.slice(0, 5),
    );
    await json(firn('reconcile', '--data', data, '--json'));
    holds('every document is accounted for', true);
  } finally {
    await stack.stop();
  }
};
