import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { ROUTES } from '../infra/local/routes.ts';
import { TOPOLOGIES } from '../infra/local/topologies.ts';
import { received } from '../shared/testing/queue.ts';

type Handler = (event: SQSEvent) => Promise<SQSBatchResponse>;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ENVIRONMENT = {
  STAGE: 'dev',
  BUS_NAME: 'firn-dev',
  SNOWFLAKE_ACCOUNT: 'local',
  SNOWFLAKE_USER: 'nobody',
  SNOWFLAKE_ROLE: 'nobody',
  SNOWFLAKE_WAREHOUSE: 'none',
  SNOWFLAKE_URL: 'http://127.0.0.1:1',
  SNOWFLAKE_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};
const handlerOf = async (path: string): Promise<Handler> =>
  ((await import(new URL(`../${path}`, import.meta.url).href)) as { handler: Handler }).handler;

beforeAll(() => void Object.assign(process.env, ENVIRONMENT));

describe('a handler, as Lambda loads it,', () => {
  it.each(TOPOLOGIES.map((it) => [it.service, it] as const))(
    'of %s listens to exactly the events that its queue receives',
    async (service, { handler: path, hears, schedules = [] }) => {
      const written: string[] = [];
      const write = jest.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
      const handler = await handlerOf(path);

      // Without an envelope there is nobody to tell: the answer stays in this process.
      const response = await handler(received(['{"detail-type":"nothing.like.it","detail":{}}']));
      write.mockRestore();

      expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'm1' }]);
      const { service: logged, kind, message } = JSON.parse(written.join('')) as Record<string, string>;
      expect({ logged, kind }).toEqual({ logged: service, kind: 'BadMessage' });
      const heard = message!.replace('no handler for nothing.like.it; this service hears ', '').split(', ');
      expect(heard.sort()).toEqual([...hears, ...schedules.map((it) => it.name)].sort());
    },
  );

  it.each(Object.keys(ENVIRONMENT).filter((it) => !['SNOWFLAKE_URL', 'SNOWFLAKE_PRIVATE_KEY'].includes(it)))(
    'can not start without %s',
    async (variable) => {
      const { Config } = await import('../services/extract/config.ts');
      const { [variable]: _, ...rest } = ENVIRONMENT as Record<string, string>;

      expect(Config.safeParse(ENVIRONMENT).success).toBe(true);
      expect(Config.safeParse(rest).error?.issues.map((it) => it.path.join('.'))).toEqual([variable]);
    },
  );

  it.each(TOPOLOGIES.map((it) => [it.service, it] as const))(
    'of %s does the same where its steps are run by hand',
    (service, { hears, schedules = [] }) => {
      const routes = ROUTES[service]!({
        warehouse: {} as never,
        stage: 'dev',
        publish: async () => undefined,
        now: () => new Date(),
      });

      expect(routes.map((it) => it.type).sort()).toEqual([...hears, ...schedules.map((it) => it.name)].sort());
    },
  );
});
