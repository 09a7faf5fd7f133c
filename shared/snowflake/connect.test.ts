import { describe, expect, it } from '@jest/globals';
import type { Statement } from '../sql/statement.ts';
import { fakeSessions, type Script } from '../testing/fake-session.ts';
import { connect } from './connect.ts';
import type { Result } from './warehouse.ts';

const tag = { pipeline: 'orders', batchId: 'B1', attempt: 1 };
const config = { SNOWFLAKE_ACCOUNT: 'a', SNOWFLAKE_USER: 'u', SNOWFLAKE_ROLE: 'r', SNOWFLAKE_WAREHOUSE: 'w' };
const statement = (text: string): Statement => ({ name: `run-${text}`, text, binds: [] });
const [A, B] = [statement('A'), statement('B')];
const failure = (code: number | string) => Object.assign(new Error(`failed with ${code}`), { code });

const well: Script = () => undefined;
const failing =
  (on: string, code: number | string): Script =>
  (text) =>
    text === on ? failure(code) : undefined;
const dying =
  (on: string, code: number): Script =>
  (text, call) =>
    text === on || call > 3 ? failure(code) : undefined;

const connected = (...scripts: readonly (Script | Error)[]) => {
  const { sent, open } = fakeSessions(...scripts);
  const lines: unknown[] = [];
  const warehouse = connect(config, { open, now: () => 0, log: (...line) => void lines.push(line) });
  return { warehouse, sent, lines };
};

describe('a warehouse', () => {
  it('logs in at the first statement and keeps the session', async () => {
    const { warehouse, sent } = connected(well);
    expect(sent).toEqual([]);

    await Promise.all([warehouse.run(A, tag), warehouse.run(B, tag)]);
    await warehouse.run(A, tag);

    expect(sent).toEqual(['1: A', '1: B', '1: A']);
  });

  it('logs in on Lambda while the function still starts, once', async () => {
    const { open } = fakeSessions(well);
    let logins = 0;
    const counted: typeof open = async () => {
      logins += 1;
      return open();
    };
    const warehouse = connect({ ...config, AWS_LAMBDA_FUNCTION_NAME: 'f' }, { open: counted, log: () => undefined });
    expect(logins).toBe(1);

    await warehouse.run(A, tag);

    expect(logins).toBe(1);
  });

  it.each([407002, 401004])('logs in again when the session has ended (%d)', async (code) => {
    const { warehouse, sent } = connected(failing('A', code), well);

    await expect(warehouse.run(A, tag)).resolves.toMatchObject({ queryId: 'query-2-1' });

    expect(sent).toEqual(['1: A', '2: A']);
  });

  it('gives up until later when a fresh session ends as well', async () => {
    const { warehouse, sent } = connected(failing('A', 407002));

    await expect(warehouse.run(A, tag)).rejects.toMatchObject({ kind: 'RetryLater' });

    expect(sent).toEqual(['1: A', '2: A']);
  });

  it('lets a fresh session look once for an object that an older one can not see', async () => {
    const { warehouse, sent } = connected(failing('A', '002003'), well);

    await warehouse.run(A, tag);

    expect(sent).toEqual(['1: A', '2: A']);
  });

  it('refuses the message when a fresh session can not see the object either', async () => {
    const { warehouse, sent } = connected(failing('A', '002003'));

    await expect(warehouse.run(A, tag)).rejects.toMatchObject({ kind: 'BadMessage' });

    expect(sent).toEqual(['1: A', '2: A']);
  });

  it('does not repeat a statement that failed for another reason', async () => {
    const { warehouse, sent } = connected(failing('A', '001003'));

    await expect(warehouse.run(A, tag)).rejects.toMatchObject({ kind: 'Defect', message: 'run-A: failed with 001003' });

    expect(sent).toEqual(['1: A']);
  });

  it('asks to retry later when it can not log in for now, and tries again at the next statement', async () => {
    const { warehouse, sent } = connected(failure(401001), well);

    await expect(warehouse.run(A, tag)).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'login: failed with 401001',
    });
    await warehouse.run(A, tag);

    expect(sent).toEqual(['2: A']);
  });

  it('takes a refused login for a defect', async () => {
    await expect(connected(failure('390100')).warehouse.run(A, tag)).rejects.toMatchObject({
      kind: 'Defect',
      message: 'login: failed with 390100',
    });
  });

  it("tags each statement with its service's name besides", async () => {
    const { open } = fakeSessions(well);
    const tags: unknown[] = [];
    const told: typeof open = async () => {
      const session = await open();
      return { ...session, execute: (text, binds, of) => (tags.push(of), session.execute(text, binds, of)) };
    };

    await connect(config, { open: told, stage: 'load', log: () => undefined }).run(A, tag);

    expect(tags).toEqual([{ ...tag, stage: 'load' }]);
  });

  it('logs each statement with whose work it is, without its text or binds', async () => {
    const { warehouse, lines } = connected(well);

    const event = { ...tag, data: { rows: 'SECRET' } };
    await warehouse.run({ ...A, text: 'SECRET' }, event);

    expect(lines).toEqual([
      ['info', 'statement', { ...tag, statement: 'run-A', queryId: 'query-1-1', rows: 1, ms: 0 }],
    ]);
  });
});

describe('a transaction', () => {
  it('commits all of its statements', async () => {
    const { warehouse, sent } = connected(well);

    const results = await warehouse.transaction([A, B], tag);

    expect(sent).toEqual(['1: BEGIN', '1: A', '1: B', '1: COMMIT']);
    expect(results.map((it) => it.rowsChanged)).toEqual([2, 3]);
  });

  it('is rolled back when a statement fails, and says which', async () => {
    const { warehouse, sent } = connected(failing('B', '100038'));

    await expect(warehouse.transaction([A, B], tag)).rejects.toMatchObject({
      kind: 'Defect',
      message: 'run-B: failed with 100038',
    });

    expect(sent).toEqual(['1: BEGIN', '1: A', '1: B', '1: ROLLBACK']);
  });

  it('is rolled back when what its statements came to is not as expected', async () => {
    const { warehouse, sent } = connected(well);
    const refuse = ([a]: readonly Result[]): void => {
      throw new RangeError(`changed ${a!.rowsChanged} rows`);
    };

    await expect(warehouse.transaction([A], tag, undefined, refuse)).rejects.toThrow(new RangeError('changed 2 rows'));

    expect(sent).toEqual(['1: BEGIN', '1: A', '1: ROLLBACK']);
  });

  it('is rolled back when its commit fails', async () => {
    const { warehouse, sent } = connected(failing('COMMIT', 401002));

    await expect(warehouse.transaction([A], tag)).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'commit: failed with 401002',
    });

    expect(sent).toEqual(['1: BEGIN', '1: A', '1: COMMIT', '1: ROLLBACK']);
  });

  it('is rolled back when nobody knows whether it has begun', async () => {
    const { warehouse, sent } = connected(failing('BEGIN', 401002));

    await expect(warehouse.transaction([A], tag)).rejects.toMatchObject({
      kind: 'RetryLater',
      message: 'begin: failed with 401002',
    });

    expect(sent).toEqual(['1: BEGIN', '1: ROLLBACK']);
  });

  it.each(['A', 'B', 'COMMIT'])('is run again as a whole when its session ends at %s', async (on) => {
    const { warehouse, sent } = connected(dying(on, 407002), well);

    await warehouse.transaction([A, B], tag);

    expect(sent.filter((it) => it.startsWith('2'))).toEqual(['2: BEGIN', '2: A', '2: B', '2: COMMIT']);
  });

  it('leaves no half of it to the next statement when it can not be rolled back', async () => {
    const stuck: Script = (text) => (text === 'A' || text === 'ROLLBACK' ? failure(401002) : undefined);
    const { warehouse, sent } = connected(stuck, well);

    await expect(warehouse.transaction([A], tag)).rejects.toMatchObject({ kind: 'RetryLater' });
    await warehouse.run(B, tag);

    expect(sent.at(-1)).toBe('2: B');
  });

  it('looks for a missing object once more by a fresh session, from its beginning', async () => {
    const { warehouse, sent } = connected(failing('B', '002003'), well);

    await warehouse.transaction([A, B], tag);

    expect(sent).toEqual(['1: BEGIN', '1: A', '1: B', '1: ROLLBACK', '2: BEGIN', '2: A', '2: B', '2: COMMIT']);
  });
});
