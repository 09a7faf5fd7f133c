import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
const KEYS = { extract: '', validate: '', transform: '', load: '', coordinator: '' };
// Bucket and topic are the account's; this is about what holds rows, and what moves them.
const OUTSIDE = /^create-(landing-stage|pipe|notification-integration)$|^set-public-key$/;
const [parts] = pipelineParts();
const names = objectNames(DEPLOYMENT, parts!);

let warehouse: StartedWarehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await startWarehouse();
  session = await openSession(warehouse.url);
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const applied = (): Promise<void> =>
  apply(
    definition(DEPLOYMENT, parts!, KEYS).filter((it) => !OUTSIDE.test(it.name)),
    (text) => session.rows({ text }),
  );
const arrives = (file: string) =>
  session.rows({
    text: `insert into ${names.table} (FILE_NAME, FILE_ROW_NUMBER, LOADED_AT) values ('${file}', 1, sysdate())`,
  });
/** What TASK1 does. */
const drain = () =>
  session.rows({
    text: `insert into ${names.streamed} (FILE_NAME, STREAMED_AT) select FILE_NAME, sysdate() from ${names.stream}`,
  });
const files = async (table: string) =>
  (await session.rows({ text: `select FILE_NAME from ${table} order by FILE_NAME` })).map((it) => it['FILE_NAME']);

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
});
