import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
const TOPIC = 'arn:aws:sns:eu-west-1:000000000000:out';

beforeAll(async () => {
  client = await fixture.start();
  await client.run(
    `CREATE NOTIFICATION INTEGRATION out ENABLED = TRUE TYPE = QUEUE DIRECTION = OUTBOUND NOTIFICATION_PROVIDER = AWS_SNS AWS_SNS_TOPIC_ARN = '${TOPIC}' AWS_SNS_ROLE_ARN = 'arn:aws:iam::1:role/r' COMMENT = 'c'`,
  );
});
afterAll(() => fixture.stop());

it('shows and describes notification integrations', async () => {
  const shown = { name: 'OUT', type: 'QUEUE - AWS_SNS', category: 'NOTIFICATION', enabled: 'true', comment: 'c' };
  expect(await client.run('SHOW INTEGRATIONS')).toMatchObject([shown]);
  expect(await client.run(`SHOW NOTIFICATION INTEGRATIONS LIKE 'o%'`)).toMatchObject([shown]);
  expect(await client.run('DESC INTEGRATION out')).toContainEqual({
    property: 'AWS_SNS_TOPIC_ARN',
    property_type: 'String',
    property_value: TOPIC,
    property_default: '',
  });
});

it('refuses to send through one that was switched off', async () => {
  await client.run('ALTER INTEGRATION out SET ENABLED = FALSE');
  expect(await client.run('SHOW INTEGRATIONS')).toMatchObject([{ enabled: 'false' }]);
  const { message } = await client.refusal(
    `CALL SYSTEM$SEND_SNOWFLAKE_NOTIFICATION(SNOWFLAKE.NOTIFICATION.APPLICATION_JSON('{}'), SNOWFLAKE.NOTIFICATION.INTEGRATION('out'))`,
  );
  expect(message).toContain('not enabled');
});

it('refuses e-mail by name', async () => {
  expect(await client.refusal('CREATE NOTIFICATION INTEGRATION mail TYPE = EMAIL ENABLED = TRUE')).toMatchObject({
    code: '000002',
    message: "Unsupported feature 'notification integrations of type EMAIL'.",
  });
});

it('keeps storage integrations apart from those to SNS', async () => {
  await client.run(
    `CREATE STORAGE INTEGRATION IF NOT EXISTS landing TYPE = EXTERNAL_STAGE STORAGE_PROVIDER = 'S3' ENABLED = TRUE STORAGE_AWS_ROLE_ARN = 'arn:aws:iam::1:role/r' STORAGE_ALLOWED_LOCATIONS = ('s3://a/', 's3://b/')`,
  );
  expect(await client.run('SHOW STORAGE INTEGRATIONS')).toMatchObject([
    { name: 'LANDING', type: 'EXTERNAL_STAGE', category: 'STORAGE', enabled: 'true' },
  ]);
  expect(await client.run('SHOW NOTIFICATION INTEGRATIONS')).toMatchObject([{ name: 'OUT' }]);
  expect(await client.run('SHOW INTEGRATIONS')).toHaveLength(2);
  await client.run(`ALTER STORAGE INTEGRATION landing SET STORAGE_ALLOWED_LOCATIONS = ('s3://c/')`);
  const described = await client.run('DESC STORAGE INTEGRATION landing');
  expect(described).toContainEqual({
    property: 'STORAGE_ALLOWED_LOCATIONS',
    property_type: 'List',
    property_value: 's3://c/',
    property_default: '[]',
  });
  expect(described.map((row) => row['property'])).toContain('STORAGE_AWS_EXTERNAL_ID');
  expect(await client.refusal('DESC NOTIFICATION INTEGRATION landing')).toMatchObject({ code: '002043' });
});
