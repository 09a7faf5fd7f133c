import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  abandonProcedure,
  backfillBatches,
  backfillFates,
  dependentsProcedure,
  expireProcedure,
  publishProcedure,
  restoreProcedure,
} from '../../../services/coordinator/tables.ts';
import { golden } from '../../../shared/testing/golden.ts';
import { toText, type Json } from '../../cli/cells.ts';
import { openSession, type Session } from '../../cli/session.ts';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
import { definition, pipelineParts } from '../definition.ts';
import { publishedTables } from '../objects/published-tables.ts';

const DEPLOYMENT = {
  stage: 'dev' as const,
  bucket: 'landing',
  storageIntegration: 'LANDING',
  landingRoleArn: 'arn:aws:iam::000000000000:role/landing',
  inboundTopicArn: 'arn:aws:sns:eu-west-1:000000000000:inbound',
  inboundRoleArn: 'arn:aws:iam::000000000000:role/inbound',
  schedule: '60 MINUTES',
  thresholdRows: 500,
  maxAgeSeconds: 60,
};
const KEYS = { extract: '', validate: '', transform: '', load: '', coordinator: '' };
const expectGolden = golden(import.meta.url);
const [parts] = pipelineParts();
const statements = definition(DEPLOYMENT, parts!, KEYS).filter((it) => it.name !== 'set-public-key');
const tables = publishedTables(DEPLOYMENT, parts!);
const of = (variable: string) => tables.find((it) => it.variable === variable)!;
const [history, target, quarantine] = [of('HISTORY'), of('TARGET'), of('QUARANTINE')];
const [ID, LATER] = ['BF20260105110000_A1B2C3D4', 'BF20260106110000_A1B2C3D4'];

let warehouse: StartedWarehouse;
let session: Session;
const run = (text: string) => session.rows({ text });
beforeAll(async () => {
  warehouse = await startWarehouse({ timeZone: 'UTC' });
  session = await openSession(warehouse.url);
  for (const it of statements) await session.rows(it);
});
beforeEach(async () => {
  const kept = [...tables.flatMap((it) => [it.live, it.replaced]), backfillBatches('dev'), backfillFates('dev')];
  for (const table of kept) await run(`delete from ${table}`);
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

/** Orders as `<order> <day> <version> <batch>`, of one line whose SKU tells who made it. */
const put = async (table: string, sku: string, orders: readonly string[]): Promise<void> => {
  for (const it of orders) {
    const [order, day, version, batch] = it.split(' ');
    await run(
      `insert into ${table} (ORDER_NUMBER, LINE_NUMBER, ORDER_DATE, ROW_VERSION, BATCH_ID, SKU) select '${order}', 1, '2026-01-${day}', '${version}', '${batch}', '${sku}'`,
    );
  }
};
const shadowed = async (id: string, orders: readonly string[]): Promise<void> => {
  for (const it of tables) await run(`create or replace transient table ${it.shadow}${id} like ${it.live}`);
  const own = orders.map((it) => `${it} ${id}_C001`);
  for (const it of [history, target]) await put(`${it.shadow}${id}`, 'new', own);
  await run(`insert into ${backfillBatches('dev')} (BACKFILL_ID, BATCH_ID) values ('${id}', 'B1'), ('${id}', '-')`);
};
const live = async (orders: readonly string[]): Promise<void> => {
  for (const it of [history, target]) await put(it.live, 'old', orders);
};
const standing = async (table = target.live): Promise<readonly string[]> =>
  (await run(`select ORDER_NUMBER, ROW_VERSION, SKU from ${table}`))
    .map((it) => Object.values(it).map(toText).join(' '))
    .sort();
const call = async (procedure: typeof publishProcedure, ...args: readonly (string | null)[]): Promise<unknown> => {
  const list = args.map((it) => (it === null ? 'null' : `'${it}'`)).join(', ');
  return Object.values((await run(`call ${procedure('dev', parts!.extract)}(${list})`))[0]!)[0];
};
const publish = (id = ID, from: string | null = null, to: string | null = null) => call(publishProcedure, id, from, to);
const restore = (id = ID) => call(restoreProcedure, id);

describe('publishing a backfill', () => {
  it('is as its golden files show', () => {
    for (const it of ['publish', 'restore', 'abandon', 'expire', 'dependents'])
      expect(() => expectGolden(statements.find(({ name }) => name === `create-${it}-procedure`))).not.toThrow();
  });

  it('brings all shadows in at once, and keeps what has arrived meanwhile', async () => {
    await live(['O1 05 1 B1', 'O2 06 1 B1', 'O3 07 2 B2']);
    await shadowed(ID, ['O1 05 1', 'O2 06 1']);

    expect(await publish()).toBe('published');

    expect(await standing()).toEqual(['O1 1 new', 'O2 1 new', 'O3 2 old']);
    expect(await standing(history.live)).toEqual(['O1 1 new', 'O2 1 new', 'O3 2 old']);
    expect(await standing(target.replaced)).toEqual(['O1 1 old', 'O2 1 old']);
  });

  it('lets a newer version that has been loaded meanwhile stand', async () => {
    await live(['O1 05 9 B2']);
    await shadowed(ID, ['O1 05 1']);

    await publish();

    expect(await standing()).toEqual(['O1 9 old']);
  });

  it('happens once, however often it is asked for', async () => {
    await live(['O1 05 1 B1']);
    await shadowed(ID, ['O1 05 1']);

    await publish();
    await run(`update ${target.live} set SKU = 'since'`);

    expect(await publish()).toBe('published');
    expect(await standing()).toEqual(['O1 1 since']);
  });

  it('changes nothing outside its days', async () => {
    await live(['O1 04 1 B1', 'O2 05 1 B1', 'O3 06 1 B1', 'O4 07 1 B1']);
    await shadowed(ID, ['O1 04 1', 'O2 05 1', 'O3 06 1']);

    await publish(ID, '2026-01-05', '2026-01-06');

    expect(await standing()).toEqual(['O1 1 old', 'O2 1 new', 'O3 1 new', 'O4 1 old']);
    expect(await standing(history.live)).toEqual(['O1 1 old', 'O2 1 new', 'O3 1 new', 'O4 1 old']);
  });

  it('never happens once the backfill is abandoned, and a published one is not abandoned any more', async () => {
    await live(['O1 05 1 B1']);
    await shadowed(ID, ['O1 05 1']);
    await shadowed(LATER, ['O1 05 1']);

    expect(await call(abandonProcedure, ID, 'cancelled')).toBe('cancelled');
    expect(await publish()).toBe('cancelled');
    expect(await standing()).toEqual(['O1 1 old']);
    expect(await publish(LATER)).toBe('published');
    expect(await call(abandonProcedure, LATER, 'failed')).toBe('published');
  });

  it('creates tables that are not there yet, for their services to write', async () => {
    await run(`drop table ${target.live}`);
    await run(`create or replace transient table ${target.shadow}${ID} like ${target.replaced}`);
    for (const it of [history, quarantine])
      await run(`create or replace transient table ${it.shadow}${ID} like ${it.live}`);
    await put(`${target.shadow}${ID}`, 'new', [`O1 05 1 ${ID}_C001`]);

    expect(await publish()).toBe('published');

    expect(await standing()).toEqual(['O1 1 new']);
    const grants = await run(`show grants on table ${target.live}`);
    expect(
      grants
        .filter((it) => it['grantee_name'] === 'FIRN_DEV_LOAD')
        .map((it) => toText(it['privilege'] ?? null))
        .toSorted(),
    ).toEqual(['DELETE', 'INSERT']);
  });
});

describe('taking a backfill back', () => {
  it('brings back all that it replaced at once, and keeps what has been loaded since', async () => {
    await live(['O1 05 1 B1', 'O2 06 1 B1']);
    await shadowed(ID, ['O1 05 1', 'O2 06 1', 'O3 07 1']);
    await publish();
    await run(`delete from ${target.live} where ORDER_NUMBER = 'O2'`);
    await put(target.live, 'since', ['O2 06 2 B2', 'O4 08 1 B2']);

    expect(await restore()).toBe('restored');

    expect(await standing()).toEqual(['O1 1 old', 'O2 2 since', 'O4 1 since']);
    expect(await standing(history.live)).toEqual(['O1 1 old', 'O2 1 old']);
    expect(await restore()).toBe('restored');
  });

  it('waits until a later backfill has been taken back', async () => {
    await live(['O1 05 1 B1']);
    await shadowed(ID, ['O1 05 1']);
    await publish();
    await shadowed(LATER, ['O1 05 1']);
    await run(`insert into ${backfillBatches('dev')} (BACKFILL_ID, BATCH_ID) values ('${LATER}', '${ID}_C001')`);
    await publish(LATER);

    expect(await restore()).toBe('overtaken');
    expect([await restore(LATER), await restore()]).toEqual(['restored', 'restored']);
    expect(await standing()).toEqual(['O1 1 old']);
  });

  it('is over when its time is up, and what was kept for it is gone', async () => {
    await live(['O1 05 1 B1']);
    await shadowed(ID, ['O1 05 1']);
    await publish();

    expect(await call(expireProcedure, ID)).toBe('published');
    await run(`update ${backfillFates('dev')} set DECIDED_AT = dateadd('day', -15, DECIDED_AT)`);

    expect(await call(expireProcedure, ID)).toBe('expired');
    expect(await standing(target.replaced)).toEqual([]);
    expect(await restore()).toBe('expired');
    expect(await standing()).toEqual(['O1 1 new']);
  });
});

describe('what hangs on the tables that a backfill publishes', () => {
  it('is told to the coordinator, whose role does not see it', async () => {
    const items = target.live.split('.')[2]!;
    await run(`create stream DEV_RAW.ECOMM.WATCHES on table ${target.live}`);
    await run(`create view DEV_RAW_PROCESSED.ECOMM.READS as select SKU from ${target.live}`);
    await run(`create view DEV_RAW_PROCESSED.ECOMM.READS_ANOTHER as select 1 as ${items}_TOO`);
    await run(`create masking policy DEV_RAW.ECOMM.HIDES as (v varchar) returns varchar -> '*'`);
    await run(`alter table ${target.live} modify column SKU set masking policy DEV_RAW.ECOMM.HIDES`);
    await run('use role FIRN_DEV_COORDINATOR');

    const told = await call(dependentsProcedure);
    const alone = await run('show streams in account');
    await run('use role ACCOUNTADMIN');
    await run(`alter table ${target.live} modify column SKU unset masking policy`);

    const found = JSON.parse((told as Json).text) as Record<string, Record<string, string[]>>;
    expect(alone.map((it) => it['name'])).not.toContain('WATCHES');
    expect(Object.keys(found)).toEqual(tables.map((it) => it.live).toSorted());
    expect(found[target.live]).toMatchObject({
      streams: ['DEV_RAW.ECOMM.WATCHES'],
      views: ['DEV_RAW_PROCESSED.ECOMM.READS'],
      policies: ['MASKING_POLICY HIDES'],
      unseen: [],
    });
    expect(found[target.live]!['grants']).toContain('INSERT to FIRN_DEV_LOAD');
    expect(found[history.live]).toMatchObject({ streams: [], views: [] });
  });

  it('is told as far as it can be seen: what can not is named, with the reason', async () => {
    await run(`alter table ${history.live} rename to ${history.live}_AWAY`);

    const found = JSON.parse(((await call(dependentsProcedure)) as Json).text) as Record<string, { unseen: string[] }>;
    await run(`alter table ${history.live}_AWAY rename to ${history.live}`);

    expect(found[history.live]!.unseen).toEqual([
      expect.stringMatching(/^grants: .*does not exist or not authorized/s),
      expect.stringMatching(/^policies: .*does not exist or not authorized/s),
    ]);
    expect(found[target.live]!.unseen).toEqual([]);
  });
});
