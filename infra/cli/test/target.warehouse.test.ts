import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
import type { Context } from '../context.ts';
import { program } from '../program.ts';
import { fakeTerminal } from './fake-terminal.ts';

const ASIDE = { ...process.env };
const AWS = ['--aws-account', '123456789012'];
const remote = { endpoint: 'http://127.0.0.1:9', region: 'eu-west-1', accessKeyId: 'x', secretAccessKey: 'x' };

let home: string;
let warehouse: StartedWarehouse;
beforeAll(async () => {
  warehouse = await startWarehouse({ s3: remote, sns: remote });
  home = await mkdtemp(join(tmpdir(), 'firn-home-'));
  const entry = `account = "local"\nuser = "me"\npassword = "any"\nprotocol = "http"\nhost = "127.0.0.1"\nport = ${warehouse.port}\n`;
  await writeFile(
    join(home, 'connections.toml'),
    `[firn_dev]\n${entry}\n[elsewhere]\n${entry}\n[yours]\n${entry.replace('me', 'you')}\n[deploys]\n${entry.replace('me', 'deployer')}role = "DEPLOYER"\n`,
    { mode: 0o600 },
  );
  process.env['SNOWFLAKE_HOME'] = home;
});
afterAll(async () => {
  process.env = ASIDE;
  await warehouse.close();
  await rm(home, { recursive: true, force: true });
});

/** Runs a command line as its user would, on the account that connections.toml leads to. */
const firn = async (...args: readonly string[]) => {
  const { terminal, said } = fakeTerminal(200);
  const context: Context = { terminal, stop: new AbortController().signal, firn: './firn' };
  let exitCode = 0;
  await program(context, async (work) => void (exitCode = await work)).parseAsync([...args], { from: 'user' });
  return { exitCode, ...said };
};
const orders = (...args: readonly string[]) =>
  firn('snowflake', args[0]!, '--pipeline', 'orders', ...args.slice(1), ...AWS);

describe('a verb on a stage', () => {
  it("plans, applies and plans again through the entry of Snowflake's own connections.toml", async () => {
    expect((await orders('plan', '--stage', 'dev')).result).toMatch(/^\d+ changes, \d+ unchanged$/m);

    const applied = await orders('apply', '--stage', 'dev');
    expect(applied.exitCode).toBe(0);
    expect(applied.result).toMatch(/^\d+ done, 0 left$/m);
    expect(applied.result).toContain("notifier: { iamUserArn: 'arn:aws:iam::");

    expect((await orders('plan', '--stage', 'dev', '--connection', 'elsewhere')).result).toMatch(/^Nothing to do/);
    expect((await firn('status', '--stage', 'dev')).result).toMatch(/^On dev\n\norders\n {2}trigger +started/);
    const asked = await firn(
      'sql',
      '--stage',
      'dev',
      '--json',
      'select current_user() as U, 1.50 as N, null::time as T',
    );
    expect(JSON.parse(asked.result)).toEqual([{ U: 'ME', N: '1.50', T: null }]);
    const proposed = await firn('suite', 'propose', 'dev_raw_processed.ecomm.orders', '--stage', 'dev', '--json');
    expect(JSON.parse(proposed.result)).toMatchObject({
      name: 'orders',
      expectations: expect.arrayContaining([
        { type: 'expect_column_values_to_be_of_type', kwargs: { column: 'QUANTITY', type_: 'INTEGER' } },
      ]) as unknown,
    });
    await expect(firn('suite', 'propose', 'dev_raw.no.where', '--stage', 'dev')).rejects.toThrow(
      'there is no table DEV_RAW.NO.WHERE',
    );
  });

  it('shows pipes, streams, tasks and procedures with the statements that asked for them', async () => {
    const { result } = await firn('snowflake', 'monitor', '--pipeline', 'orders', '--stage', 'dev', '--json');

    const views = JSON.parse(result) as { title: string; sql: string; rows: Record<string, unknown>[] }[];
    expect(views.map((it) => [it.title, it.rows.length > 0])).toEqual([
      ['Pipes', true],
      ['Pipe status', true],
      ['Streams', true],
      ['Tasks', true],
      ['Runs of tasks', true],
      ['Procedures', true],
    ]);
    expect(views.find((it) => it.title === 'Streams')!.rows[0]).toMatchObject({
      name: 'ORDERS_STREAM',
      stale: 'false',
    });
  });

  it('runs every step by the role of its service, and tells which role is lacking', async () => {
    const order = { order_number: '1', date: '2026-01-05', products: [{ sku: 'A', quantity: 2, unit_price: 2.5 }] };
    const document = { stage: 'dev', task: 'orders', kwarg: { batchId: 'BY_HAND' }, data: [order] };
    await writeFile(join(home, 'classic.json'), JSON.stringify(document));
    const runs = (...args: readonly string[]) =>
      firn('run-step', 'load', '--all', '--event', join(home, 'classic.json'), ...args);

    const { exitCode, result } = await runs('--stage', 'dev');

    expect({ exitCode, last: result.trim().split('\n').at(-1) }).toEqual({
      exitCode: 0,
      last: expect.stringContaining('batch.completed.v1'),
    });
    const rows = 'select ORDER_NUMBER, GROSS_AMOUNT from DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS';
    expect(JSON.parse((await firn('sql', '--stage', 'dev', '--json', rows)).result)).toEqual([
      { ORDER_NUMBER: '1', GROSS_AMOUNT: '5.000' },
    ]);
    expect((await firn('batch', 'BY_HAND', '--stage', 'dev')).result).toContain('complete');
    await firn('sql', '--stage', 'dev', "create user YOU password = 'any'");
    const event = 'events/examples/batch-validated.v1.json';
    const refused = await firn('run-step', 'transform', '--event', event, '--stage', 'dev', '--connection', 'yours');
    expect(refused.note).toContain(
      'you may not work as FIRN_DEV_TRANSFORM: GRANT ROLE FIRN_DEV_TRANSFORM TO USER <you>',
    );
    await expect(runs('--stage', 'prod', '--yes')).rejects.toThrow('is for dev, and this runs on prod');
  });

  it('drops what is the pipeline alone, once it has been told to', async () => {
    await expect(orders('destroy', '--stage', 'dev')).rejects.toThrow('this would drop 12 objects of orders');

    expect((await orders('destroy', '--stage', 'dev', '--yes')).result).toBe('12 dropped\n');

    const kept = await firn('sql', '--stage', 'dev', '--json', 'select count(*) as N from DEV_RAW.ECOMM.ORDERS');
    expect(JSON.parse(kept.result)).toEqual([{ N: 0 }]);
  });

  it('makes all of prod by a role that is no administrator, hands it over, and drops nothing of it for a mere yes', async () => {
    for (const text of [
      'create role DEPLOYER',
      "create user DEPLOYER password = 'any' default_role = DEPLOYER",
      'grant role DEPLOYER to user DEPLOYER',
      `grant create database, create warehouse, create integration, create role, create user, manage grants on account to role DEPLOYER`,
    ])
      await firn('sql', '--stage', 'dev', text);
    const onProd = (verb: string, ...more: readonly string[]) =>
      orders(verb, '--stage', 'prod', '--connection', 'deploys', ...more);
    const prod = (...more: readonly string[]) => onProd('destroy', ...more);
    const api = 'https://abc.execute-api.eu-west-1.amazonaws.com/prod/notifications';
    const external = ['--notify', 'external-function', '--api-url', api];

    const applied = await onProd('apply', '--yes', ...external);

    expect(applied.result).toMatch(/^\d+ done, 0 left\n[^]* {2}reader: .*\n {2}caller: \{ iamUserArn: 'arn:aws:iam::/);
    expect((await onProd('plan', '--threshold-rows', '7', ...external)).result).toMatch(/^4 changes/m);
    const again = await onProd('apply', '--yes', '--threshold-rows', '7', ...external);
    expect(again.result).toMatch(/^4 done, 0 left$/m);

    await expect(prod('--yes')).rejects.toMatchObject({
      message: 'this would drop 12 objects of orders on prod, where --yes is not enough',
      next: expect.stringContaining('--yes-really prod/orders'),
    });
    await expect(prod('--yes-really', 'prod')).rejects.toThrow('where prod is not what would go');

    expect((await prod('--yes-really', 'prod/orders')).result).toBe('12 dropped\n');
  });

  it('asks before it changes prod, and not before it looks', async () => {
    await expect(firn('suspend', 'orders', '--why', 'x', '--stage', 'prod')).rejects.toThrow('suspend may change prod');
    await expect(firn('sql', 'drop database PROD_RAW', '--stage', 'prod')).rejects.toThrow('sql may change prod');
    await expect(firn('sql', 'select 1', '--stage', 'prod')).rejects.toThrow('has no connection firn_prod');
  });

  it('names the entry that is missing, and where', async () => {
    await expect(firn('status', '--stage', 'dev', '--connection', 'nowhere')).rejects.toMatchObject({
      message: expect.stringContaining(`${join(home, 'connections.toml')} has no connection nowhere`),
      next: expect.stringContaining('[nowhere]'),
    });
  });
});
