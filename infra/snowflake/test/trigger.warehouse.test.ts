import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resumeRequest, suspendRequest } from '../../../services/coordinator/trigger-holds/request.ts';
import { appendEvent } from '../../../services/coordinator/sql/append-event.ts';
import { flows } from '../../cli/flow/flow-tables.ts';
import { openSession, type Session } from '../../cli/session.ts';
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
