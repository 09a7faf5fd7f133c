import { describe, expect, it } from '@jest/globals';
import type { Statement } from '../sql/statement.ts';
import { fakeSessions, type Script } from '../testing/fake-session.ts';
import { connect } from './connect.ts';
import { StillRunning, unhurried, type Course } from './course.ts';

const tag = { pipeline: 'orders', batchId: 'B1', attempt: 1 };
const config = { SNOWFLAKE_ACCOUNT: 'a', SNOWFLAKE_USER: 'u', SNOWFLAKE_ROLE: 'r', SNOWFLAKE_WAREHOUSE: 'w' };
const A: Statement = { name: 'normalize', text: 'A', binds: [] };

const failing =
  (on: string, code: number | string): Script =>
  (text) =>
    text === on ? Object.assign(new Error(`failed with ${code}`), { code }) : undefined;
const connected = (...scripts: readonly Script[]) => {
  const { sent, open } = fakeSessions(...scripts);
  return { warehouse: connect(config, { open, now: () => 0, log: () => undefined }), sent };
};
const submitted = (queryId: string, deadline = Infinity): Course => ({
  submitted: new Map([['normalize', queryId]]),
  deadline,
});
const timeIsUp = (): Course => ({ submitted: new Map(), deadline: 0 });

describe('a long statement', () => {
  it('is submitted once, and its result awaited', async () => {
    const { warehouse, sent } = connected();
    const course = unhurried();

    await expect(warehouse.follow(A, tag, course)).resolves.toMatchObject({ queryId: 'query-1-1' });

    expect(sent).toEqual(['1: submit A', '1: fetch query-1-1']);
    expect([...course.submitted]).toEqual([['normalize', 'query-1-1']]);
  });

  it('that an earlier invocation has submitted is only awaited', async () => {
    const { warehouse, sent } = connected();

    await expect(warehouse.follow(A, tag, submitted('earlier'))).resolves.toMatchObject({ queryId: 'earlier' });

    expect(sent).toEqual(['1: fetch earlier']);
  });

  it('that is not done in time stays submitted, and is no failure', async () => {
    const { sent, open } = fakeSessions();
    const never = async () => ({ ...(await open()), fetch: () => new Promise<never>(() => undefined) });
    const warehouse = connect(config, { open: never, now: () => 0, log: () => undefined });
    const course = timeIsUp();

    await expect(warehouse.follow(A, tag, course)).rejects.toEqual(new StillRunning('normalize'));

    expect(sent).toEqual(['1: submit A']);
    expect(course.submitted.get('normalize')).toBe('query-1-1');
  });

  it.each(['000604', '000710'])('that failed meanwhile (%s) is run again, and that counts', async (code) => {
    const { warehouse, sent } = connected(failing('fetch earlier', code));

    await expect(warehouse.follow(A, tag, submitted('earlier'))).resolves.toMatchObject({ queryId: 'query-1-2' });

    expect(sent).toEqual(['1: fetch earlier', '1: submit A', '1: fetch query-1-2']);
  });

  it('that can not be reached is left to go on', async () => {
    const { warehouse, sent } = connected(failing('fetch earlier', 401001));
    const course = submitted('earlier');

    await expect(warehouse.follow(A, tag, course)).rejects.toMatchObject({ kind: 'RetryLater' });

    expect(sent).toEqual(['1: fetch earlier']);
    expect(course.submitted.get('normalize')).toBe('earlier');
  });

  it('is looked for by a fresh session when its own has ended', async () => {
    const { warehouse, sent } = connected(failing('fetch earlier', 407002), () => undefined);

    await warehouse.follow(A, tag, submitted('earlier'));

    expect(sent).toEqual(['1: fetch earlier', '2: fetch earlier']);
  });

  it('that fails is forgotten, so that the next try runs it again', async () => {
    const { warehouse } = connected(failing('fetch query-1-1', '001003'));
    const course = unhurried();

    await expect(warehouse.follow(A, tag, course)).rejects.toMatchObject({
      kind: 'Defect',
      message: 'normalize: failed with 001003',
    });

    expect(course.submitted.size).toBe(0);
  });
});

it('a transaction that the deadline meets is rolled back, and asks to retry later', async () => {
  const { sent, open } = fakeSessions();
  const slow = async () => {
    const session = await open();
    const execute: typeof session.execute = async (text, binds, of, signal) => {
      if (text !== 'A') return session.execute(text, binds, of);
      await new Promise((resolve) => signal!.addEventListener('abort', resolve));
      throw Object.assign(new Error('cancelled'), { code: '000604' });
    };
    return { ...session, execute };
  };
  const warehouse = connect(config, { open: slow, now: () => 0, log: () => undefined });

  await expect(warehouse.transaction([A], tag, timeIsUp())).rejects.toMatchObject({ kind: 'RetryLater' });

  expect(sent).toEqual(['1: BEGIN', '1: ROLLBACK']);
});
