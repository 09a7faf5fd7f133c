import { connectClient } from '../../../infra/local/warehouse/test/client.ts';
import { startWarehouse } from '../../../infra/local/warehouse/server.ts';
import { seeded } from '../../fixtures/random.ts';
import { holds } from '../firn-call.ts';
import { BALANCES, SCHEMA, SESSIONS, TOTAL, type Ledger } from './work.ts';

// `npm run proof:sessions -- 300`: for five minutes instead of one.
const seconds = Number(process.argv[2] ?? 60);
const warehouse = await startWarehouse();
const operator = await connectClient(warehouse);
await operator.run('CREATE DATABASE proof');
for (const statement of SCHEMA) await operator.run(statement);

const until = Date.now() + seconds * 1000;
const ledger: Ledger = { moves: 0, appended: 0, merged: 0, deadlocks: 0 };
const rounds = new Map<string, number>();
const progress = setInterval(() => {
  const done = [...rounds].map(([name, n]) => `${n} ${name}`).join(', ');
  process.stdout.write(`  ${Math.max(0, Math.ceil((until - Date.now()) / 1000))} s left: ${done}\n`);
}, 10_000);

await Promise.all(
  SESSIONS.map(async ([name, work], seed) => {
    const [client, by] = [await connectClient(warehouse, { database: 'PROOF' }), seeded(seed)];
    while (Date.now() < until) {
      await work(client, by, ledger);
      rounds.set(name, (rounds.get(name) ?? 0) + 1);
    }
    await client.close();
  }),
);
clearInterval(progress);

process.stdout.write(`${[...rounds].map(([name, n]) => `${n} ${name}`).join(', ')}, ${ledger.deadlocks} deadlocks\n`);
await operator.run('INSERT INTO consumed SELECT session, n FROM new_event');
const only = async (query: string): Promise<unknown> => Object.values((await operator.run(query))[0] ?? {})[0];
holds(`balances sum up to ${TOTAL}`, (await only(BALANCES)) === TOTAL);
holds(`${ledger.moves} were moved`, (await only('SELECT NVL(SUM(amount), 0) FROM move')) === ledger.moves);
holds(`${ledger.appended} events were kept`, (await only('SELECT COUNT(*) FROM event')) === ledger.appended);
holds(
  'the stream gave each event once',
  (await only('SELECT HASH_AGG(*) FROM event')) === (await only('SELECT HASH_AGG(*) FROM consumed')),
);
holds(
  `counters were raised ${ledger.merged} times`,
  (await only('SELECT NVL(SUM(n), 0) FROM counter')) === ledger.merged,
);
holds(
  'nothing was left behind',
  (await only("SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME LIKE 'SCRATCH%'")) === 0,
);
await operator.close();
await warehouse.close();
