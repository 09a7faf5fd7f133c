import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toText } from '../../cli/cells.ts';
import { openSession, type Session } from '../../cli/session.ts';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
import { apply } from '../apply.ts';
import { definition, pipelineParts } from '../definition.ts';
import { objectNames } from '../deployment.ts';

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
const ARN = 'arn:aws:iam::000000000000:role/service';
const IDENTITIES = { extract: ARN, validate: ARN, transform: ARN, load: ARN, coordinator: ARN };
const [parts] = pipelineParts();
const names = objectNames(DEPLOYMENT, parts!);

let warehouse: StartedWarehouse;
let session: Session;
beforeAll(async () => {
  const remote = { endpoint: 'http://127.0.0.1:9', region: 'eu-west-1', accessKeyId: 'x', secretAccessKey: 'x' };
  warehouse = await startWarehouse({ s3: remote, sns: remote });
  session = await openSession(warehouse.url);
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const applied = (): Promise<void> =>
  apply(definition(DEPLOYMENT, parts!, IDENTITIES), (text) => session.rows({ text }));
const arrives = (file: string, by = session) =>
  by.rows({
    text: `insert into ${names.table} (FILE_NAME, FILE_ROW_NUMBER, LOADED_AT) values ('${file}', 1, sysdate())`,
  });
/** What TASK1 does. */
const drain = (by = session) =>
  by.rows({
    text: `insert into ${names.streamed} (FILE_NAME, STREAMED_AT) select FILE_NAME, sysdate() from ${names.stream}`,
  });
const files = async (table: string) =>
  (await session.rows({ text: `select FILE_NAME from ${table} order by FILE_NAME` })).map((it) =>
    toText(it['FILE_NAME'] ?? null),
  );

describe('a definition that is applied again while data flows', () => {
  it('leaves the stream where it was, keeps what waits, and runs the tasks again', async () => {
    await applied();
    await arrives('drained');
    await drain();
    await arrives('waiting');

    await applied();

    expect(await files(names.stream)).toEqual(['waiting']);
    expect(await files(names.streamed)).toEqual(['drained']);
    await drain();
    expect(await files(names.streamed)).toEqual(['drained', 'waiting']);
    const tasks = await session.rows({ text: `show tasks in schema ${names.task1.split('.').slice(0, 2).join('.')}` });
    expect(tasks.map((it) => it['state'])).toEqual(['started', 'started']);
  });

  it('loses no row and doubles none that arrives and is drained while it is applied', async () => {
    const before = (await files(names.streamed)).length;
    const [producer, task] = [await openSession(warehouse.url), await openSession(warehouse.url)];
    await producer.rows({ text: `use role FIRN_DEV_LOADER` });
    await task.rows({ text: `use role FIRN_DEV_TRIGGER` });
    const flow = { isOn: true };
    let arrived = 0;
    const flowing = (async () => {
      for (; flow.isOn; arrived += 1) {
        await arrives(`flowing-${String(arrived).padStart(6, '0')}`, producer);
        if (arrived % 3 === 0) await drain(task);
      }
    })();

    await applied();
    flow.isOn = false;
    await flowing;
    await drain();

    const found = (await files(names.streamed)).filter((it) => it.startsWith('flowing'));
    expect(arrived).toBeGreaterThan(5);
    expect(found).toEqual(Array.from({ length: arrived }, (_, at) => `flowing-${String(at).padStart(6, '0')}`));
    expect((await files(names.streamed)).length).toBe(before + arrived);
    await Promise.all([producer.close(), task.close()]);
  });
});

it('the stream and the tasks belong to the role that drains and claims, and the raw table to the one that loads', async () => {
  const owned = async (role: string): Promise<unknown[]> =>
    (await session.rows({ text: `show grants to role FIRN_DEV_${role}` }))
      .filter((it) => it['privilege'] === 'OWNERSHIP')
      .map(
        (it) =>
          `${toText(it['granted_on'] ?? null)} ${
            toText(it['name'] ?? null)
              .replaceAll('"', '')
              .split(/[.(]/)[2]
          }`,
      )
      .toSorted();

  expect(await owned('LOADER')).toEqual(['FILE_FORMAT ORDERS_LINES', 'STAGE ORDERS_STAGE', 'TABLE ORDERS']);
  expect(await owned('TRIGGER')).toEqual([
    'PROCEDURE ORDERS_TRIGGER',
    'STREAM ORDERS_STREAM',
    'TASK ORDERS_TASK1',
    'TASK ORDERS_TASK2',
  ]);
});
