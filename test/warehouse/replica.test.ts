import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { seeded, type Random } from '../fixtures/random.ts';
import { SEEDS } from '../fixtures/seeds.ts';
import { Fixture, type Client } from '../../infra/local/warehouse/test/client.ts';

const STEPS = 40;

const fixture = new Fixture();
let now = new Date('2026-03-01T10:00:00Z');
let client: Client;
let other: Client;

beforeAll(async () => {
  client = await fixture.start({ clock: () => now });
  other = await fixture.connect();
});
afterAll(() => fixture.stop());

beforeEach(async () => {
  for (const table of ['t', 'replica', 'arrived'])
    await client.run(`CREATE OR REPLACE TABLE ${table} (id INT, v INT) CHANGE_TRACKING = TRUE`);
  await client.run('CREATE OR REPLACE STREAM changes ON TABLE t');
  await client.run('CREATE OR REPLACE STREAM insertions ON TABLE t APPEND_ONLY = TRUE');
});

const rows = async (query: string): Promise<unknown[]> => client.run(`SELECT id, v FROM (${query}) ORDER BY 1, 2`);

/** Bags of rows, added and taken away. */
const sum = (before: string, changes: string): string =>
  `SELECT id, v FROM (
     SELECT id, v, SUM(n) OVER (PARTITION BY id, v) AS many, ROW_NUMBER() OVER (PARTITION BY id, v ORDER BY n DESC) AS place
     FROM (SELECT id, v, 1 AS n FROM ${before} UNION ALL SELECT id, v, IFF(METADATA$ACTION = 'INSERT', 1, -1) FROM ${changes})
   ) WHERE place <= many`;

const inserted = async (by: Random, session: Client): Promise<number> => {
  const count = by.whole(1, 4);
  await session.run(
    `INSERT INTO t SELECT ${by.whole(0, 20)} + SEQ4(), ${by.whole(0, 99)} FROM TABLE(GENERATOR(ROWCOUNT => ${count}))`,
  );
  return count;
};

const merged = async (by: Random): Promise<number> => {
  const [counts] = await client.run(
    `MERGE INTO t USING (SELECT ${by.whole(0, 25)} AS id) s ON t.id = s.id
     WHEN MATCHED THEN UPDATE SET v = 0 WHEN NOT MATCHED THEN INSERT VALUES (s.id, -1)`,
  );
  return Number(counts!['number of rows inserted']);
};

describe('a replica that is fed by a stream', () => {
  it.each(SEEDS)('is its table, whatever happens in it (seed %d)', async (seed) => {
    const by = seeded(seed);
    const past: { readonly at: Date; readonly was: unknown[] }[] = [];
    let [committed, pending, arrived] = [0, 0, 0];
    const deeds = [
      async () => void (committed += await inserted(by, client)),
      async () => void (committed += await merged(by)),
      async () => client.run(`UPDATE t SET v = v + 1 WHERE MOD(id, ${by.whole(2, 4)}) = 0`),
      async () => client.run(`DELETE FROM t WHERE MOD(id, ${by.whole(3, 7)}) = 1`),
      // Somebody else's transaction goes on meanwhile, and ends one way or the other.
      async () => {
        if (pending === 0) await other.run('BEGIN');
        pending += await inserted(by, other);
      },
      async () => {
        const isKept = by.once(2);
        await other.run(isKept ? 'COMMIT' : 'ROLLBACK');
        committed += isKept ? pending : 0;
        pending = 0;
      },
      async () => {
        await client.run('CREATE OR REPLACE TEMPORARY TABLE delta AS SELECT * FROM changes');
        await client.run(`CREATE OR REPLACE TABLE replica AS ${sum('replica', 'delta')}`);
        expect(await rows('SELECT * FROM replica')).toEqual(await rows('SELECT * FROM t'));
      },
      async () => {
        const [counts] = await client.run('INSERT INTO arrived SELECT id, v FROM insertions');
        arrived += Number(counts!['number of rows inserted']);
        expect(arrived).toBe(committed);
      },
      async () => past.push({ at: now, was: await rows('SELECT * FROM t') }),
      async () => {
        if (past.length === 0) return;
        const { at, was } = by.pick(past);
        const then = `AT (TIMESTAMP => '${at.toISOString()}'::TIMESTAMP_TZ)`;
        expect(await rows(`SELECT * FROM t ${then}`)).toEqual(was);
        expect(await rows(sum(`t ${then}`, `t CHANGES (INFORMATION => DEFAULT) ${then}`))).toEqual(
          await rows('SELECT * FROM t'),
        );
      },
    ];
    for (let step = 0; step < STEPS; step += 1) {
      now = new Date(now.getTime() + 1000);
      await by.pick(deeds)();
    }
    await other.run('ROLLBACK');
  });
});
