import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resumeRequest, suspendRequest } from '../../../services/coordinator/trigger-holds/request.ts';
import { appendEvent } from '../../../services/coordinator/sql/append-event.ts';
import { connect } from '../../../shared/snowflake/connect.ts';
import { SnowflakeConfig } from '../../../shared/snowflake/config.ts';
import { services } from '../../cli/step/run-services.ts';
import { flows } from '../../cli/flow/flow-tables.ts';
import { openSession, type Session } from '../../cli/session.ts';
import { serviceEnvironment } from '../../local/service-environment.ts';
import { RemoteService } from '../../local/warehouse/external/test/remote-service.ts';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
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
const OBJECTS = /^create-(database|schema|batch-log|trigger-outbox|\w+-table|trigger-procedure)$/;
const [parts] = pipelineParts();
const flow = flows()[0]!;
const { trigger } = objectNames(DEPLOYMENT, parts!);

let warehouse: StartedWarehouse;
let session: Session;
beforeAll(async () => {
  warehouse = await startWarehouse();
  session = await openSession(warehouse.url);
  for (const it of definition(DEPLOYMENT, parts!, KEYS).filter(({ name }) => OBJECTS.test(name)))
    await session.rows(it);
});
beforeEach(async () => {
  for (const table of [flow.streamed, flow.outbox, flow.log]) await session.rows({ text: `delete from ${table}` });
  await session.rows({ text: `insert into ${flow.streamed} (FILE_NAME, STREAMED_AT) values ('f', sysdate())` });
});
afterAll(async () => {
  await session.close();
  await warehouse.close();
});

const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 9, 30, second));
const ids = ['6a1e6c8e-0001-4000-8000-000000000001', '6a1e6c8e-0001-4000-8000-000000000002'] as const;
const suspends = (second: number, holder = 'manual') =>
  suspendRequest({ id: ids[0], pipeline: flow.pipeline, holder, now: at(second), why: 'because' });
const resumes = (second: number, holder = 'manual') =>
  resumeRequest({ id: ids[1], pipeline: flow.pipeline, holder, now: at(second) });

/** Runs the trigger as its task does, after these wishes have been written down; how many batches it has claimed. */
const claims = async (...asked: readonly (ReturnType<typeof suspends> | ReturnType<typeof resumes>)[]) => {
  for (const event of asked) await session.rows(appendEvent({ into: flow.log, event, now: at(59) }));
  // Nobody listens to its notification here: the claim is committed before it.
  await session.rows({ text: `call ${trigger}(0, 0)` }).catch(() => undefined);
  return Number((await session.rows({ text: `select count(*) as N from ${flow.outbox}` }))[0]!['N']);
};

describe('the trigger', () => {
  it('claims what waits when nobody holds it', async () => {
    expect(await claims()).toBe(1);
  });

  it('claims nothing while it is held, although its task runs', async () => {
    expect(await claims(suspends(1))).toBe(0);
    expect(await claims(resumes(2))).toBe(1);
  });

  it('counts the newest wish of each holder, in whatever order they were written down', async () => {
    expect(await claims(resumes(5), suspends(1))).toBe(1);
  });

  it('waits for the last holder', async () => {
    expect(await claims(suspends(1, 'B1'), resumes(2))).toBe(0);
  });
});

/** The coordinator, on this warehouse as a user that nobody has created. */
const coordinator = () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const at = { stage: 'dev', privateKey: pem, warehouseUrl: warehouse.url, busName: '-' } as const;
  const warehouseOf = (service: string) =>
    connect(SnowflakeConfig.parse(serviceEnvironment({ ...at, service })), { log: () => undefined });
  return services({ warehouseOf, stage: 'dev', now: () => new Date() });
};

describe('a trigger that tells AWS by an external function', () => {
  it('begins exactly one batch when the first answer of the API is lost', async () => {
    const api = new RemoteService();
    await api.start();
    api.respond = (_, before) => (before === 0 ? { status: 502 } : { body: { data: [[0, { accepted: true }]] } });
    const roleArn = 'arn:aws:iam::000000000000:role/caller';
    const callIn = { url: `${api.url}/dev/notifications`, prefix: api.url, roleArn };
    const told = /^create-(api-integration|notify-function|trigger-procedure)$/;
    for (const it of definition({ ...DEPLOYMENT, callIn }, parts!, KEYS).filter(({ name }) => told.test(name)))
      await session.rows(it);

    await session.rows({ text: `call ${trigger}(0, 0)` });
    api.stop();

    // Snowflake asks again under the same id; both may have got through.
    const ids = api.asked.map((it) => it.headers['sf-external-function-query-batch-id']);
    expect(ids).toEqual([ids[0], ids[0]]);
    const { step } = coordinator();
    const outcomes = [];
    for (const { rows } of api.asked) outcomes.push(await step('coordinator', rows[0]![1] as never));
    expect(outcomes.flatMap((it) => it.failures)).toEqual([]);
    // Told twice, it is the same event by its id.
    const said = outcomes.flatMap((it) => it.said);
    const began = said.map((it) => `${it['detail-type']} ${(it.detail as { readonly id: string }).id}`);
    expect([...new Set(began)]).toEqual([expect.stringContaining('batch.triggered.v1')]);
    expect(
      await session.rows({ text: `select EVENT_TYPE, count(*) as N from ${flow.log} group by 1 order by 1` }),
    ).toEqual([{ EVENT_TYPE: 'batch.claimed.v1', N: 1 }]);
  });
});
