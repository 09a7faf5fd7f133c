import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSession, type Session } from '../../cli/session.ts';
import { startWarehouse, type StartedWarehouse } from '../../local/warehouse/server.ts';
import { apply } from '../apply.ts';
import { definition, pipelineParts } from '../definition.ts';
import type { PipelineParts } from '../deployment.ts';

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
const TABLES = /^(create-(database|schema|replaced|\w+-table|\w+-lock)|fill-\w+-lock|add-column)$/;
const [orders] = pipelineParts();
const TARGET = 'DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS';

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

const applied = (parts: PipelineParts): Promise<void> =>
  apply(
    definition(DEPLOYMENT, parts, KEYS).filter((it) => TABLES.test(it.name)),
    (text) => session.rows({ text }),
  );
const columnsOf = async (table: string): Promise<unknown[]> =>
  (await session.rows({ text: `DESCRIBE TABLE ${table}` })).map((it) => it['name']);

describe('the definition of a pipeline', () => {
  it('gives its live tables the columns that were added to it, and keeps their rows', async () => {
    await applied(orders!);
    await session.rows({ text: `INSERT INTO ${TARGET} (ORDER_NUMBER) VALUES ('kept')` });
    const { extract, load } = orders!;

    await applied({
      extract: {
        ...extract,
        columns: [...extract.columns, { name: 'CHANNEL', from: { document: ['channel'] }, type: 'VARCHAR' }],
      },
      load: { ...load, columns: [...load.columns, { name: 'CHANNEL', type: 'VARCHAR' }] },
    });

    expect(await columnsOf('DEV_RAW_PROCESSED.ECOMM.ORDERS')).toContain('CHANNEL');
    expect(await columnsOf(TARGET)).toContain('CHANNEL');
    expect(await session.rows({ text: `SELECT ORDER_NUMBER, CHANNEL FROM ${TARGET}` })).toEqual([
      { ORDER_NUMBER: 'kept', CHANNEL: null },
    ]);
  });

  it('takes no column away from a table that has more', async () => {
    await applied(orders!);

    expect(await columnsOf(TARGET)).toContain('CHANNEL');
  });
});
