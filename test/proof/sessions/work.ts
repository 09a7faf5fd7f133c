import type { Client } from '../../../infra/local/warehouse/test/client.ts';
import type { Random } from '../../fixtures/random.ts';

const ACCOUNTS = 40;
const BOOKS = ['BOOK_A', 'BOOK_B'] as const;

/** What all sessions' committed work must come to. */
export interface Ledger {
  moves: number;
  appended: number;
  merged: number;
  deadlocks: number;
}

/** One round of one session's work, which leaves no transaction open. */
export type Work = (client: Client, by: Random, ledger: Ledger) => Promise<void>;

/** The tables and the stream that the sessions share. */
export const SCHEMA: readonly string[] = [
  ...BOOKS.map((book) => `CREATE TABLE ${book} (id INT, balance INT)`),
  ...BOOKS.map(
    (book) =>
      `INSERT INTO ${book} SELECT ROW_NUMBER() OVER (ORDER BY 1), 1000 FROM TABLE(GENERATOR(ROWCOUNT => ${ACCOUNTS}))`,
  ),
  'CREATE TABLE move (amount INT)',
  'CREATE TABLE event (session INT, n INT)',
  'CREATE STREAM new_event ON TABLE event APPEND_ONLY = TRUE',
  'CREATE TABLE consumed (session INT, n INT)',
  'CREATE TABLE counter (id INT, n INT)',
];

/** Every balance in one statement: the same sum whatever is under way. */
export const BALANCES = 'SELECT SUM(balance) AS s FROM (SELECT * FROM book_a UNION ALL SELECT * FROM book_b)';

/** What the balances sum up to. */
export const TOTAL = 2 * ACCOUNTS * 1000;

/** Moves money from one account to another, now and then with a statement that fails on the way, or a rollback; the books in either order, so that two may meet in a deadlock. */
const move: Work = async (client, by, ledger) => {
  const [from, to] = by.once(2) ? BOOKS : BOOKS.toReversed();
  const amount = by.whole(1, 9);
  await client.run('BEGIN');
  try {
    await client.run(`UPDATE ${from} SET balance = balance - ? WHERE id = ?`, [amount, by.whole(1, ACCOUNTS)]);
    if (by.once(5)) await client.refusal('SELECT 1 / 0');
    await client.run(`UPDATE ${to} SET balance = balance + ? WHERE id = ?`, [amount, by.whole(1, ACCOUNTS)]);
    await client.run('INSERT INTO move VALUES (?)', [amount]);
    const isKept = !by.once(4);
    await client.run(isKept ? 'COMMIT' : 'ROLLBACK');
    if (isKept) ledger.moves += amount;
  } catch (error) {
    if ((error as { code?: string }).code !== '000625') throw error;
    ledger.deadlocks += 1;
    await client.run('ROLLBACK');
  }
};

const append: Work = async (client, by, ledger) => {
  const rows = Array.from({ length: by.whole(1, 20) }, (_, n) => [n, by.whole(1, 100)]);
  await client.run('INSERT INTO event VALUES (?, ?)', rows);
  ledger.appended += rows.length;
};

/** Takes what the stream has, in a transaction that may be given up. */
const consume: Work = async (client, by) => {
  await client.run('BEGIN');
  await client.run('INSERT INTO consumed SELECT session, n FROM new_event');
  await client.run(by.once(3) ? 'ROLLBACK' : 'COMMIT');
};

const merge: Work = async (client, by, ledger) => {
  const ids = [by.whole(1, 9), by.whole(10, 19)];
  await client.run(
    `MERGE INTO counter t USING (SELECT column1 AS id FROM VALUES (${ids[0]}), (${ids[1]})) s ON t.id = s.id
     WHEN MATCHED THEN UPDATE SET n = t.n + 1 WHEN NOT MATCHED THEN INSERT VALUES (s.id, 1)`,
  );
  ledger.merged += 2;
};

const read: Work = async (client, by) => {
  const [sum] = await client.run(BALANCES);
  if (sum?.['S'] !== TOTAL) throw new Error(`a reader saw balances of ${String(sum?.['S'])}, not ${TOTAL}`);
  if (!by.once(10)) return;
  const many = await client.run('SELECT SEQ4() AS n FROM TABLE(GENERATOR(ROWCOUNT => 20000))');
  if (many.length !== 20_000) throw new Error(`a reader got ${many.length} of 20000 rows`);
};

/** Builds a table beside the one in use and swaps them, as a backfill does. */
const rebuild: Work = async (client, by) => {
  const mine = `scratch_${by.whole(1, 1_000_000)}`;
  await client.run(`CREATE TABLE ${mine} AS SELECT * FROM event`);
  await client.run(`CREATE TABLE ${mine}_next CLONE ${mine}`);
  await client.run(`ALTER TABLE ${mine} SWAP WITH ${mine}_next`);
  await client.run(`DROP TABLE ${mine}_next`);
  await client.run(`DROP TABLE ${mine}`);
};

/** Twenty sessions, by what they do. */
export const SESSIONS: readonly (readonly [name: string, work: Work])[] = [
  ...Array.from({ length: 7 }, () => ['moves', move] as const),
  ...Array.from({ length: 4 }, () => ['appends', append] as const),
  ...Array.from({ length: 2 }, () => ['consumes', consume] as const),
  ...Array.from({ length: 2 }, () => ['merges', merge] as const),
  ...Array.from({ length: 4 }, () => ['reads', read] as const),
  ['rebuilds', rebuild],
];
