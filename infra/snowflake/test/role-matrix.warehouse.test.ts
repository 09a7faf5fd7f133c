import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ident } from '../../../shared/sql/identifier.ts';
import { connect } from '../../../shared/snowflake/connect.ts';
import type { Warehouse } from '../../../shared/snowflake/warehouse.ts';
import { toText } from '../../cli/cells.ts';
import { openSession, type Session } from '../../cli/session.ts';
import { serviceKeys } from '../../local/keys.ts';
import { serviceEnvironment } from '../../local/service-environment.ts';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
import { SnowflakeConfig } from '../../../shared/snowflake/config.ts';
import { apply } from '../apply.ts';
import { secretsExtension } from '../../../shared/testing/secrets-extension.ts';
import { definition, pipelineParts } from '../definition.ts';
import { SERVICES, type Identities } from '../objects/access.ts';

type Service = (typeof SERVICES)[number];

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
const RAW = 'DEV_RAW.ECOMM';
const PROCESSED = 'DEV_RAW_PROCESSED.ECOMM';
const LEDGER = 'DEV_RAW_PROCESSED.FIRN';
const TARGET = 'DEV_ANALYTICS.ANALYTICS_STAGING';

/** What each service may do to tables that it did not make, besides reading; nothing else. */
const MAY: Readonly<Record<Service, Readonly<Record<string, string>>>> = {
  extract: {
    [`${PROCESSED}.ORDERS`]: 'insert delete',
    [`${PROCESSED}.ORDERS_LOCK`]: 'update',
    [`${PROCESSED}.ORDERS_FIELDS`]: 'insert',
  },
  validate: {
    [`${PROCESSED}.ORDERS_QUARANTINE`]: 'insert delete',
    [`${PROCESSED}.ORDERS_QUARANTINE_LOG`]: 'insert',
    [`${PROCESSED}.ORDERS_QUARANTINE_LOCK`]: 'update',
    [`${PROCESSED}.ORDERS_RELEASED`]: 'insert',
    [`${PROCESSED}.ORDERS_VALIDATIONS`]: 'insert',
  },
  transform: {},
  load: {
    [`${TARGET}.STG_ECOMM_ORDER_ITEMS`]: 'insert delete',
    [`${TARGET}.STG_ECOMM_ORDER_ITEMS_LOAD_MANIFEST`]: 'insert',
    [`${TARGET}.STG_ECOMM_ORDER_ITEMS_LOAD_LOCK`]: 'update',
  },
  coordinator: {
    [`${LEDGER}.BATCH_LOG`]: 'insert',
    [`${LEDGER}.BATCH_LOG_LOCK`]: 'update',
    [`${LEDGER}.DEAD_LETTERS`]: 'insert',
    [`${LEDGER}.BACKFILL_BATCHES`]: 'insert',
    [`${LEDGER}.BACKFILL_COMPARISONS`]: 'insert',
  },
};
/** Only the coordinator reads documents where they landed: a backfill begins there. */
const READS_RAW: readonly Service[] = ['coordinator'];
/** Who may make tables of its own, and where. */
const MAKES: Readonly<Record<Service, string>> = {
  extract: PROCESSED,
  validate: PROCESSED,
  transform: PROCESSED,
  load: TARGET,
  coordinator: PROCESSED,
};

const ATTEMPTS: readonly (readonly [verb: string, text: (table: string, column: string) => string])[] = [
  ['select', (table) => `select 1 from ${table} limit 0`],
  ['insert', (table) => `insert into ${table} select * from ${table} where false`],
  ['update', (table, column) => `update ${table} set ${column} = ${column} where false`],
  ['delete', (table) => `delete from ${table} where false`],
  ['truncate', (table) => `truncate table ${table}`],
  ['alter', (table) => `alter table ${table} add column TAKEN_OVER number`],
  ['drop', (table) => `drop table ${table}`],
];

let folder: string;
let warehouse: StartedWarehouse;
let operator: Session;
let as: Readonly<Record<Service, Warehouse>>;
let tables: readonly { readonly name: string; readonly column: string; readonly madeBy: string }[];

beforeAll(async () => {
  const remote = { endpoint: 'http://127.0.0.1:9', region: 'eu-west-1', accessKeyId: 'x', secretAccessKey: 'x' };
  warehouse = await startWarehouse({ s3: remote, sns: remote });
  operator = await openSession(warehouse.url);
  folder = await mkdtemp(join(tmpdir(), 'firn-keys-'));
  const keys = await serviceKeys(folder, SERVICES);
  const identities = Object.fromEntries(SERVICES.map((it) => [it, keys[it].publicKey])) as Identities;
  await apply(
    definition(
      DEPLOYMENT,
      pipelineParts().find((it) => it.extract.pipeline === 'orders')!,
      identities,
    ),
    (text) => operator.rows({ text }),
  );
  as = Object.fromEntries(
    SERVICES.map((service) => {
      const { privateKey } = keys[service];
      const environment = { stage: 'dev', service, privateKey, warehouseUrl: warehouse.url, busName: '-' } as const;
      return [service, connect(SnowflakeConfig.parse(serviceEnvironment(environment)), { log: () => undefined })];
    }),
  ) as typeof as;
  for (const service of SERVICES)
    await tried(service, `create transient table ${MAKES[service]}.MADE_BY_${service.toUpperCase()} (N number)`);
  tables = await everyTable();
});
afterAll(async () => {
  await operator.close();
  await warehouse.close();
  await rm(folder, { recursive: true, force: true });
});

/** Whether that is allowed: any refusal says which privilege is lacking, or that there is no such thing for who asks. */
const isAllowed = async (work: () => Promise<unknown>): Promise<boolean> => {
  try {
    await work();
    return true;
  } catch (error) {
    const { message } = error as Error;
    if (/Insufficient privileges|does not exist or not authorized|Unknown user-defined function/.test(message))
      return false;
    throw error;
  }
};

const tried = (service: Service, text: string): Promise<boolean> =>
  isAllowed(() =>
    as[service].run({ name: 'attempt', text, binds: [] }, { pipeline: 'orders', batchId: 'B', attempt: 1 }),
  );
const asOperator = (text: string): Promise<boolean> => isAllowed(() => operator.rows({ text }));

const everyTable = async () => {
  const found: { name: string; column: string; madeBy: string }[] = [];
  for (const database of ['DEV_RAW', 'DEV_RAW_PROCESSED', 'DEV_ANALYTICS']) {
    const rows = await operator.rows({
      text: `select t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_OWNER, min(c.COLUMN_NAME) as A_COLUMN
        from ${database}.INFORMATION_SCHEMA.TABLES t
        join ${database}.INFORMATION_SCHEMA.COLUMNS c on c.TABLE_SCHEMA = t.TABLE_SCHEMA and c.TABLE_NAME = t.TABLE_NAME
        where t.TABLE_SCHEMA <> 'INFORMATION_SCHEMA' group by 1, 2, 3`,
    });
    for (const row of rows)
      found.push({
        name: `${database}.${toText(row['TABLE_SCHEMA'] ?? null)}.${toText(row['TABLE_NAME'] ?? null)}`,
        column: toText(row['A_COLUMN'] ?? null),
        madeBy: toText(row['TABLE_OWNER'] ?? null),
      });
  }
  return found;
};

describe.each(SERVICES)('%s', (service) => {
  it('can do to every table what its work asks for, and nothing else', async () => {
    const own = `FIRN_DEV_${service.toUpperCase()}`;
    const done: string[] = [];
    const allowed: string[] = [];
    for (const { name, column, madeBy } of tables) {
      if (madeBy === own) continue;
      const reads = !name.startsWith(`${RAW}.`) || READS_RAW.includes(service);
      allowed.push(
        ...[...(reads ? ['select'] : []), ...(MAY[service][name]?.split(' ') ?? [])].map((it) => `${it} ${name}`),
      );
      for (const [verb, text] of ATTEMPTS)
        if (await tried(service, text(ident(name).text, ident(column).text))) done.push(`${verb} ${name}`);
    }

    expect(done).toEqual(allowed);
    expect(done.length).toBeGreaterThan(20);
  });

  it('can make nothing where its tables do not belong, and no task, stream, pipe, role or user', async () => {
    const elsewhere = [RAW, PROCESSED, LEDGER, TARGET].filter((it) => it !== MAKES[service]);
    const statements = [
      ...elsewhere.map((it) => `create table ${it}.INTRUDER (N number)`),
      `create view ${MAKES[service]}.INTRUDER as select 1 as N`,
      `create stream ${MAKES[service]}.INTRUDER on table ${PROCESSED}.ORDERS`,
      `create task ${MAKES[service]}.INTRUDER schedule = '1 MINUTE' as select 1`,
      'create database INTRUDER',
      'create role INTRUDER',
      'create user INTRUDER',
      `grant role ACCOUNTADMIN to role FIRN_DEV_${service.toUpperCase()}`,
      `execute task ${RAW}.ORDERS_TASK1`,
      `alter task ${RAW}.ORDERS_TASK1 suspend`,
      `call ${RAW}.ORDERS_TRIGGER(1, 1)`,
    ];
    const done: string[] = [];
    for (const text of statements) if (await tried(service, text)) done.push(text);

    expect(done).toEqual([]);
  });

  it(`${service === 'coordinator' ? 'suspends and resumes' : 'does not touch'} the trigger's task`, async () => {
    const may = service === 'coordinator';

    expect(await tried(service, `alter task ${RAW}.ORDERS_TASK2 suspend`)).toBe(may);
    expect(await tried(service, `alter task ${RAW}.ORDERS_TASK2 resume`)).toBe(may);
  });
});

/** What the roles that nobody logs in by may do besides what their tasks and loads ask for: nothing. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  LOADER: ['select', 'insert', 'update', 'delete'].map((it) => `${it} ${RAW}.ORDERS`),
  TRIGGER: [
    `select ${RAW}.ORDERS`,
    `select ${LEDGER}.BATCH_LOG`,
    ...['select', 'insert'].map((it) => `${it} ${LEDGER}.TRIGGER_OUTBOX`),
    ...['select', 'insert', 'update'].map((it) => `${it} ${PROCESSED}.ORDERS_STREAMED`),
  ],
};

describe.each(Object.keys(OWN))("the %s's role", (role) => {
  it('can do to tables what it is there for, and nothing else', async () => {
    await operator.rows({ text: `use role FIRN_DEV_${role}` });
    const done: string[] = [];
    // It owns what it may change otherwise.
    const attempts = role === 'LOADER' ? ATTEMPTS.slice(0, 4) : ATTEMPTS;
    for (const { name, column } of tables)
      for (const [verb, text] of attempts)
        if (await asOperator(text(ident(name).text, ident(column).text))) done.push(`${verb} ${name}`);
    await operator.rows({ text: 'use role ACCOUNTADMIN' });

    expect(done.toSorted()).toEqual(OWN[role]!.toSorted());
  });
});

it.each(SERVICES)('%s may drop what it made itself', async (service) => {
  expect(await tried(service, `drop table ${MAKES[service]}.MADE_BY_${service.toUpperCase()}`)).toBe(true);
});

it('a service logs in by the key that its secret holds, and by the new one once it is rotated', async () => {
  const [first, second] = await Promise.all([
    serviceKeys(folder, ['load']),
    serviceKeys(join(folder, 'new'), ['load']),
  ]);
  const secrets = new Map([['firn/dev/key/load', first.load.privateKey]]);
  const extension = await secretsExtension(secrets, 'a-token');
  const { SNOWFLAKE_PRIVATE_KEY: _, ...environment } = serviceEnvironment({
    stage: 'dev',
    service: 'load',
    privateKey: '',
    warehouseUrl: warehouse.url,
    busName: '-',
  });
  const config = SnowflakeConfig.parse({
    ...environment,
    ...extension.environment,
    SNOWFLAKE_PRIVATE_KEY_SECRET: 'firn/dev/key/load',
  });
  const who = async (): Promise<unknown> => {
    const asked = { name: 'who', text: 'select current_user() as WHO', binds: [] };
    const { rows } = await connect(config, { log: () => undefined }).run(asked, {
      pipeline: 'orders',
      batchId: 'B',
      attempt: 1,
    });
    return rows[0]?.['WHO'];
  };
  try {
    expect(await who()).toBe('FIRN_DEV_LOAD');

    await operator.rows({ text: `alter user FIRN_DEV_LOAD set rsa_public_key = '${second.load.publicKey}'` });
    await expect(who()).rejects.toThrow('login');
    secrets.set('firn/dev/key/load', second.load.privateKey);

    expect(await who()).toBe('FIRN_DEV_LOAD');
  } finally {
    await extension.close();
  }
});
