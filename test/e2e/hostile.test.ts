import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOSTILE, type Fate } from '../fixtures/hostile.ts';
import { ended, firn, query, said, start, temporaryDirectory, type Outcome } from './firn.ts';

interface Held {
  readonly LINE: number;
  readonly REASONS: readonly { readonly column?: string; readonly reason: string }[];
}

const good = (number: string): string =>
  JSON.stringify({ order_number: number, date: '2024-01-01', products: [{ sku: 'A', quantity: 1 }] });
// Every hostile document stands between two good ones, whose fate it must not share.
const LINES = HOSTILE.flatMap(([document], index) => [document, good(`neighbour ${index}`)]);

const reasonFits = (fate: Fate, reasons: string | undefined): boolean =>
  fate instanceof RegExp ? fate.test(reasons ?? '') : reasons === (fate === 'loaded' ? undefined : fate);

describe('hostile documents', () => {
  let data: string;
  let remove: () => Promise<void>;
  let stack: ReturnType<typeof start>;
  let first: Outcome;
  let held: ReadonlyMap<number, string>;
  let loaded: readonly { LINE: number }[];
  beforeAll(async () => {
    ({ directory: data, remove } = await temporaryDirectory());
    const file = (name: string): string => join(data, name);
    await writeFile(file('hostile.ndjson'), `${LINES.join('\n')}\n`);
    await writeFile(file('marked.ndjson'), `\uFEFF${good('marked 1')}\r\n\r\n${good('marked 2')}`);
    await writeFile(file('empty.ndjson'), '');
    await writeFile(file('nothing.ndjson.gz'), gzipSync(''));
    stack = start('up', '--data', join(data, 'state'));
    await said(stack, 'Running');
    const files = ['hostile.ndjson', 'marked.ndjson', 'empty.ndjson', 'nothing.ndjson.gz'].map(file);
    first = await firn('run', ...files, '--data', join(data, 'state'), '--json');
    const quarantined = await query(
      join(data, 'state'),
      "SELECT FILE_ROW_NUMBER AS LINE, REASONS FROM DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE WHERE FILE_NAME LIKE '%hostile%'",
    );
    held = new Map(
      (quarantined as unknown as Held[]).map(({ LINE, REASONS }) => [
        LINE,
        REASONS.map(({ column, reason }) => (column ? `${column} ${reason}` : reason)).join(', '),
      ]),
    );
    loaded = (await query(
      join(data, 'state'),
      "SELECT DISTINCT FILE_ROW_NUMBER AS LINE FROM DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS WHERE FILE_NAME LIKE '%hostile%'",
    )) as unknown as { LINE: number }[];
  }, 120_000);
  afterAll(async () => {
    stack.kill('SIGINT');
    await ended(stack);
    await remove();
  });

  it.each(
    HOSTILE.map(([document, fate], index) => [document.slice(0, 70), fate, 2 * index + 1] as [string, Fate, number]),
  )('%j: %s', (_, fate, line) => {
    const isLoaded = loaded.some((it) => it.LINE === line);

    expect({ isLoaded, reasons: reasonFits(fate, held.get(line)) || held.get(line) }).toEqual({
      isLoaded: fate === 'loaded',
      reasons: true,
    });
  });

  it('stop no neighbour, and every line of every file is accounted for', () => {
    const rejected = HOSTILE.filter(([, fate]) => typeof fate === 'string' && fate !== 'loaded').length;
    const quarantined = HOSTILE.filter(([, fate]) => fate instanceof RegExp).length;

    expect(first.code).toBe(0);
    expect((JSON.parse(first.stdout) as { documents: unknown }).documents).toEqual({
      in: LINES.length + 2,
      loaded: LINES.length + 2 - rejected - quarantined,
      superseded: 0,
      quarantined,
      rejected,
    });
  });

  it('may be all that a batch holds, once however often their file is given', async () => {
    const file = join(data, 'only.ndjson');
    await writeFile(file, '{"order_number":"held back"}\nno JSON\n');

    const { code, stdout } = await firn('run', file, '--data', join(data, 'state'), '--json');
    const again = await firn('run', file, '--data', join(data, 'state'), '--json');

    expect(JSON.parse(again.stdout)).toMatchObject({ documents: { in: 0 }, batches: [] });
    expect([code, again.code]).toEqual([0, 0]);
    expect(JSON.parse(stdout)).toMatchObject({
      documents: { in: 2, loaded: 0, quarantined: 1, rejected: 1 },
      batches: [{ status: 'complete' }],
    });
  }, 60_000);

  it('can be let through again, and is held again where nothing has changed', async () => {
    const at = ['--data', join(data, 'state'), '--json'];
    const list = await firn('quarantine', 'list', '--most', '1000', ...at);
    const { documents } = JSON.parse(list.stdout) as { documents: readonly { id: string }[] };

    const { code, stdout } = await firn(
      'quarantine',
      'release',
      'orders',
      '--id',
      ...documents.slice(0, 2).map((it) => it.id),
      ...at,
    );

    expect(documents.length).toBe(HOSTILE.filter(([, fate]) => fate !== 'loaded').length + 2);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ documents: 2, status: 'complete', loaded: 0, heldAgain: 2 });
  }, 120_000);
});
