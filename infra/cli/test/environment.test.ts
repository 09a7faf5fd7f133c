import { expect, it } from '@jest/globals';
import { environmentLines } from '../view/environment.ts';

it('gives shells all that an AWS SDK and a Snowflake client need', () => {
  const lines = environmentLines({
    pid: 1,
    warehouse: 'http://127.0.0.1:1',
    queues: 'http://127.0.0.1:2',
    bus: 'http://127.0.0.1:3',
    bucket: 'firn-dev-landing',
    region: 'eu-west-1',
  });
  const exported = lines.filter((it) => it.startsWith('export ')).map((it) => it.slice('export '.length));
  expect(exported).toEqual(
    expect.arrayContaining([
      'AWS_ENDPOINT_URL_S3=http://127.0.0.1:2',
      'AWS_ENDPOINT_URL_EVENTBRIDGE=http://127.0.0.1:3',
      'AWS_REGION=eu-west-1',
      'SNOWFLAKE_URL=http://127.0.0.1:1',
    ]),
  );
  // Everything else is a comment, so that the whole output can be pasted into a shell.
  for (const line of lines) expect(line).toMatch(/^(?:# .*|export [A-Z0-9_]+=\S+)$/);
});
