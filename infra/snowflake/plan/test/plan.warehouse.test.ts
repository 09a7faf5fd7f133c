import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession, type Session } from '../../../cli/session.ts';
import { startWarehouse, type StartedWarehouse } from '../../../local/warehouse/server.ts';
import { apply } from '../../apply.ts';
import { definition, pipelineParts } from '../../definition.ts';
import { objectNames, type Deployment } from '../../deployment.ts';
import type { Change } from '../compare.ts';
import { planOf } from '../plan.ts';
import { PUBLIC_KEY } from './public-key.ts';

const DEPLOYMENT: Deployment = {
  stage: 'dev',
  bucket: 'landing',
  storageIntegration: 'LANDING',
  landingRoleArn: 'arn:aws:iam::000000000000:role/landing',
  inboundTopicArn: 'arn:aws:sns:eu-west-1:000000000000:inbound',
  inboundRoleArn: 'arn:aws:iam::000000000000:role/inbound',
  schedule: '60 MINUTES',
  thresholdRows: 500,
  maxAgeSeconds: 60,
};
const KEYS = {
  extract: PUBLIC_KEY,
  validate: PUBLIC_KEY,
  transform: PUBLIC_KEY,
  load: PUBLIC_KEY,
  coordinator: PUBLIC_KEY,
};
const remote = { endpoint: 'http://127.0.0.1:9', region: 'eu-west-1', accessKeyId: 'x', secretAccessKey: 'x' };
const [parts] = pipelineParts();
const names = objectNames(DEPLOYMENT, parts!);

let warehouse: StartedWarehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await startWarehouse({ s3: remote, sns: remote });
  session = await openSession(warehouse.url);
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const run = (text: string) => session.rows({ text });
const plan = (to: Partial<Deployment> = {}) => {
  const statements = definition({ ...DEPLOYMENT, ...to }, parts!, KEYS);
  const all = pipelineParts().flatMap((it) => definition({ ...DEPLOYMENT, ...to }, it, KEYS));
  return planOf(run, statements, all);
};
const applied = async (to: Partial<Deployment> = {}): Promise<void> => {
  const { changes } = await plan(to);
  await apply(
    changes.map(({ action, kind, text }) => ({ name: `${action} ${kind}`, text, binds: [] })),
    run,
  );
};
const told = (changes: readonly Change[]): string[] =>
  changes.map(({ action, kind, name, what }) => [action, kind, name, what].join(' ').trim());

describe('a plan', () => {
  it('creates everything on an empty account, and nothing is left to do once it is applied', async () => {
    const first = await plan();
    expect(first.changes.filter((it) => it.action === 'create').length).toBeGreaterThan(40);
    expect(await run('show databases')).toEqual([]);

    await applied();

    expect(told((await plan()).changes)).toEqual([]);
  });

  it('replaces only the task whose parameters change, gives its grants back and starts it', async () => {
    expect(told((await plan({ thresholdRows: 100 })).changes)).toEqual([
      `replace TASK ${names.task2}`,
      `grant TASK ${names.task2} OPERATE, MONITOR to FIRN_DEV_COORDINATOR`,
      `grant TASK ${names.task2} OWNERSHIP to FIRN_DEV_TRIGGER`,
      `resume TASK ${names.task2}`,
    ]);
  });

  it('starts tasks that an interrupted run has left suspended', async () => {
    await run(`alter task ${names.task1} suspend`);

    expect(told((await plan()).changes)).toEqual([`resume TASK ${names.task1}`]);
    await applied();
  });

  it('puts back what somebody has taken away, and takes away what no definition gives', async () => {
    await run(`revoke insert on table ${names.history} from role FIRN_DEV_EXTRACT`);
    await run(`grant delete on table ${names.streamed} to role FIRN_DEV_LOAD`);
    await run(`alter table ${names.history} drop column COUNTRY`);

    expect(told((await plan()).changes)).toEqual([
      `alter TABLE ${names.history} column COUNTRY`,
      `grant TABLE ${names.history} INSERT to FIRN_DEV_EXTRACT`,
      `revoke TABLE ${names.streamed} DELETE from FIRN_DEV_LOAD`,
    ]);
    await applied();
    expect(told((await plan()).changes)).toEqual([]);
  });

  it('leaves the rows of the stream and of the tables alone, whatever it changes', async () => {
    await run(
      `insert into ${names.table} (FILE_NAME, FILE_ROW_NUMBER, LOADED_AT) values ('a', 1, sysdate()), ('b', 1, sysdate())`,
    );

    await applied({ schedule: '30 MINUTES', maxAgeSeconds: 5 });

    expect(await run(`select FILE_NAME from ${names.stream} order by 1`)).toEqual([
      { FILE_NAME: 'a' },
      { FILE_NAME: 'b' },
    ]);
    const tasks = await run(`show tasks in schema ${names.task1.split('.').slice(0, 2).join('.')}`);
    expect(tasks.map((it) => [it['schedule'], it['state']])).toEqual([
      ['30 MINUTES', 'started'],
      ['30 MINUTES', 'started'],
    ]);
  });

  it('hands over what somebody else owns, where it is: the stream keeps its place, and tasks run again', async () => {
    const mine = ['stream', 'task'].flatMap((kind) => [
      ...(kind === 'task' ? [`alter task ${names.task1} suspend`] : []),
      `grant ownership on ${kind} ${kind === 'task' ? names.task1 : names.stream} to role SYSADMIN copy current grants`,
    ]);
    for (const text of [...mine, `alter task ${names.task1} resume`]) await run(text);
    const to = { schedule: '30 MINUTES', maxAgeSeconds: 5 };

    expect(told((await plan(to)).changes)).toEqual([
      `grant STREAM ${names.stream} OWNERSHIP to FIRN_DEV_TRIGGER`,
      `suspend TASK ${names.task1}`,
      `grant TASK ${names.task1} OWNERSHIP to FIRN_DEV_TRIGGER`,
      `resume TASK ${names.task1}`,
    ]);
    await applied(to);

    expect(told((await plan(to)).changes)).toEqual([]);
    expect(await run(`select FILE_NAME from ${names.stream} order by 1`)).toHaveLength(2);
    expect((await run(`show tasks like 'ORDERS_TASK1' in schema DEV_RAW.ECOMM`)).map((it) => it['state'])).toEqual([
      'started',
    ]);
  });

  it('sets what somebody has changed, and leaves what only a new object could put right to people', async () => {
    const to = { schedule: '30 MINUTES', maxAgeSeconds: 5 };
    for (const text of [
      `alter stage ${names.landing} set url = 's3://elsewhere/'`,
      `alter file format ${names.lines} set skip_blank_lines = false null_if = ('NULL')`,
      `alter notification integration FIRN_DEV_INBOUND set aws_sns_topic_arn = 'arn:aws:sns:eu-west-1:1:x' enabled = false`,
      `alter storage integration LANDING set storage_allowed_locations = ('s3://landing/', 's3://more/')`,
      `alter user FIRN_DEV_LOAD set default_role = PUBLIC`,
      `alter table ${names.history} drop column COUNTRY`,
      `alter table ${names.history} add column COUNTRY number(5, 2)`,
      `create or replace stream ${names.stream} on table ${names.table} append_only = false`,
      `create or replace pipe ${names.pipe} as copy into ${names.table} (SRC_TEXT) from (select $1 from @${names.landing})`,
    ])
      await run(text);

    const { changes, drifted } = await plan(to);

    expect(told(changes)).toEqual([
      `alter FILE FORMAT ${names.lines} skip_blank_lines from FALSE, null_if from NULL`,
      'alter STORAGE INTEGRATION LANDING storage_allowed_locations from s3://landing/,s3://more/',
      `alter STAGE ${names.landing} url from s3://elsewhere/`,
      'alter USER FIRN_DEV_LOAD default_role from PUBLIC',
      'alter NOTIFICATION INTEGRATION FIRN_DEV_INBOUND enabled from FALSE, aws_sns_topic_arn from arn:aws:sns:eu-west-1:1:x',
      `grant STREAM ${names.stream} OWNERSHIP to FIRN_DEV_TRIGGER`,
      `grant STREAM ${names.stream} SELECT to FIRN_DEV_COORDINATOR`,
    ]);
    expect(drifted.map(({ kind, name, property, is, wanted }) => [kind, name, property, is, wanted])).toEqual([
      [
        'PIPE',
        names.pipe,
        'definition',
        expect.stringMatching(/select \$1/),
        expect.stringContaining('metadata$filename'),
      ],
      ['TABLE', names.history, 'column COUNTRY', 'NUMBER(5,2)', 'TEXT'],
      ['STREAM', names.stream, 'mode', 'DEFAULT', 'APPEND_ONLY'],
    ]);

    await applied(to);

    const left = await plan(to);
    expect(told(left.changes)).toEqual([]);
    expect(left.drifted).toHaveLength(3);
  });

  it('makes an external function anew whose address is another, and lets the trigger use it again', async () => {
    const at = (url: string): Partial<Deployment> => ({
      schedule: '30 MINUTES',
      maxAgeSeconds: 5,
      callIn: { url, prefix: 'https://api.test/', roleArn: 'arn:aws:iam::000000000000:role/caller' },
    });
    await applied(at('https://api.test/one/notifications'));

    expect(told((await plan(at('https://api.test/two/notifications'))).changes)).toEqual([
      `replace FUNCTION ${names.notify} url from https://api.test/one/notifications`,
      `grant FUNCTION ${names.notify} USAGE to FIRN_DEV_TRIGGER`,
    ]);
    expect(told((await plan(at('https://api.test/one/notifications'))).changes)).toEqual([]);
  });
});
