import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Agent, request } from 'node:http';
import { Fixture, type Client } from '../../test/client.ts';

const fixture = new Fixture();
let client: Client;
const agent = new Agent({ keepAlive: true });

const post = (path: string, body: unknown, token?: string): Promise<{ data: { token: string } }> =>
  new Promise((resolve, reject) => {
    const call = request(
      `${fixture.warehouse.url}${path}`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Snowflake Token="${token}"` }) },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve(JSON.parse(Buffer.concat(parts).toString('utf8')) as { data: { token: string } }),
        );
      },
    );
    call.on('error', reject);
    call.end(JSON.stringify(body));
  });

beforeAll(async () => {
  client = await fixture.start();
});
afterAll(async () => {
  agent.destroy();
  await fixture.stop();
});

it('rolls back the transaction of a client whose connections are gone, so that others need not wait for it', async () => {
  await client.run('CREATE TABLE t (a INT)');
  await client.run('INSERT INTO t VALUES (1)');
  const { data } = await post('/session/v1/login-request?databaseName=TEST', {
    data: { LOGIN_NAME: 'gone', PASSWORD: 'x' },
  });
  const run = (sqlText: string, id: string) =>
    post(`/queries/v1/query-request?requestId=${id}`, { sqlText }, data.token);
  await run('BEGIN', 'a');
  await run('DELETE FROM t', 'b');

  const waiting = client.run('UPDATE t SET a = 2');
  agent.destroy();

  await waiting;
  expect(await client.run('SELECT a FROM t')).toEqual([{ A: 2 }]);
});
