import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Fixture, type Client } from './client.ts';

const SESSIONS = 20;
const ROUNDS = 4;
const fixture = new Fixture();
let main: Client;

beforeAll(async () => {
  main = await fixture.start();
  await main.run('CREATE TABLE account (id INT, balance INT)');
  await main.run('CREATE TABLE entry (session INT, round INT, amount INT)');
  await main.run('INSERT INTO account VALUES (0, 1000), (1, 1000), (2, 1000), (3, 1000)');
});
afterAll(() => fixture.stop());

it('keeps its sums right while twenty sessions write and read at once', async () => {
  const work = async (session: number): Promise<number> => {
    const client = await fixture.connect();
    let moved = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [from, to] = [(session + round) % 4, (session + round + 1) % 4];
      await client.run('BEGIN');
      await client.run(`UPDATE account SET balance = balance - ${session} WHERE id = ${from}`);
      await client.run(`UPDATE account SET balance = balance + ${session} WHERE id = ${to}`);
      await client.run(`INSERT INTO entry VALUES (${session}, ${round}, ${session})`);
      const [sum] = await client.run('SELECT SUM(balance) AS s FROM account');
      expect(sum).toEqual({ S: 4000 });
      await client.run(round % 4 === 3 ? 'ROLLBACK' : 'COMMIT');
      moved += round % 4 === 3 ? 0 : session;
    }
    return moved;
  };
  // Each waits for all before it, at most twenty at a time: one more would be refused, as on Snowflake.
  const moved = await Promise.all(Array.from({ length: SESSIONS }, (_, i) => work(i)));

  expect(await main.run('SELECT SUM(balance) AS s FROM account')).toEqual([{ S: 4000 }]);
  expect(await main.run('SELECT SUM(amount) AS s, COUNT(*) AS n FROM entry')).toEqual([
    { S: moved.reduce((a, b) => a + b, 0), N: (SESSIONS * ROUNDS * 3) / 4 },
  ]);
});
