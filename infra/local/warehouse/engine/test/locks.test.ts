import { describe, expect, it } from '@jest/globals';
import { Locks, type LockOwner } from '../locks.ts';

const owner = (description: string): LockOwner => ({ description });

describe('locks', () => {
  it('let inserts go on together, and modifications one after the other', async () => {
    const locks = new Locks();
    const [a, b, c] = [owner('a'), owner('b'), owner('c')] as const;
    expect(await locks.acquire(a, { key: 't', mode: 'insert' }, 1)).toBe(false);
    expect(await locks.acquire(b, { key: 't', mode: 'modify' }, 1)).toBe(false);
    let got = false;
    const waiting = locks.acquire(c, { key: 't', mode: 'modify' }, 10).then((waited) => {
      got = true;
      return waited;
    });
    await Promise.resolve();
    expect(got).toBe(false);
    locks.release(b);
    expect(await waiting).toBe(true);
  });

  it('keep everybody out of what is being defined', async () => {
    const locks = new Locks();
    await locks.acquire(owner('ddl'), { key: 't', mode: 'define' }, 1);
    await expect(locks.acquire(owner('insert'), { key: 't', mode: 'insert' }, 0)).rejects.toMatchObject({
      code: '000625',
      sqlState: '57014',
    });
  });

  it('can be taken again, and in a stronger mode, by whoever holds them', async () => {
    const locks = new Locks();
    const a = owner('a');
    await locks.acquire(a, { key: 't', mode: 'insert' }, 0);
    expect(await locks.acquire(a, { key: 't', mode: 'modify' }, 0)).toBe(false);
    await expect(locks.acquire(owner('b'), { key: 't', mode: 'modify' }, 0)).rejects.toThrow('a has locked t');
  });

  it('refuse the wait that would close a circle', async () => {
    const locks = new Locks();
    const [a, b] = [owner('a'), owner('b')] as const;
    await locks.acquire(a, { key: 'x', mode: 'modify' }, 1);
    await locks.acquire(b, { key: 'y', mode: 'modify' }, 1);
    const waiting = locks.acquire(a, { key: 'y', mode: 'modify' }, 10);
    await expect(locks.acquire(b, { key: 'x', mode: 'modify' }, 10)).rejects.toThrow('deadlock');
    locks.release(b);
    expect(await waiting).toBe(true);
  });

  it('let twenty wait and refuse the next', async () => {
    const locks = new Locks();
    const holder = owner('holder');
    await locks.acquire(holder, { key: 't', mode: 'modify' }, 1);
    const owners = Array.from({ length: 20 }, (_, i) => owner(`waiter ${i}`));
    const waiting = owners.map(async (each) => {
      await locks.acquire(each, { key: 't', mode: 'modify' }, 10);
      locks.release(each);
    });
    await expect(locks.acquire(owner('late'), { key: 't', mode: 'modify' }, 10)).rejects.toThrow(
      'exceeds the 20 statements limit',
    );
    locks.release(holder);
    await Promise.all(waiting);
  });

  it('stop waiting when the statement is cancelled', async () => {
    const locks = new Locks();
    await locks.acquire(owner('a'), { key: 't', mode: 'modify' }, 1);
    const controller = new AbortController();
    const waiting = locks.acquire(owner('b'), { key: 't', mode: 'modify' }, 10, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: '000604' });
  });
});
