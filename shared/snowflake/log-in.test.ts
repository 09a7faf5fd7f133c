import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fakeSessions } from '../testing/fake-session.ts';
import { secretsExtension } from '../testing/secrets-extension.ts';
import { connect } from './connect.ts';
import type { SnowflakeConfig } from './config.ts';
import { readPrivateKey } from './read-private-key.ts';
import type { Session } from './session.ts';

const key = (type: 'pkcs8' | 'pkcs1' = 'pkcs8'): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type, format: 'pem' }).toString();
const [FIRST, SECOND] = [key(), key()];
const NAME = 'firn/dev/snowflake-key/load';
const tag = { pipeline: 'orders', batchId: 'B1', attempt: 1 };
const A = { name: 'run-a', text: 'A', binds: [] };

const secrets = new Map<string, string>();
let extension: Awaited<ReturnType<typeof secretsExtension>>;
let config: SnowflakeConfig;
beforeAll(async () => {
  extension = await secretsExtension(secrets, 'a-token');
  config = {
    SNOWFLAKE_ACCOUNT: 'a',
    SNOWFLAKE_USER: 'u',
    SNOWFLAKE_ROLE: 'r',
    SNOWFLAKE_WAREHOUSE: 'w',
    SNOWFLAKE_PRIVATE_KEY_SECRET: NAME,
    ...extension.environment,
  };
});
afterAll(() => extension.close());

/** A warehouse that lets in who has this key, and tells which keys were tried. */
const lettingIn = (accepted: () => string, refusal: string | number = '390144') => {
  const tried: string[] = [];
  const { open } = fakeSessions(() => undefined);
  const door = async (given: SnowflakeConfig): Promise<Session> => {
    tried.push(given.SNOWFLAKE_PRIVATE_KEY === FIRST ? 'first' : 'second');
    if (given.SNOWFLAKE_PRIVATE_KEY !== accepted()) throw Object.assign(new Error('refused'), { code: refusal });
    return open();
  };
  return { tried, open: door, log: () => undefined };
};

describe('a service whose private key a secret holds', () => {
  it('logs in by it, and waits for the extension that starts beside it', async () => {
    secrets.set(NAME, FIRST);
    extension.starts(2);
    const door = lettingIn(() => FIRST);

    await connect(config, door).run(A, tag);

    expect(door.tried).toEqual(['first']);
  });

  it('takes a key that was rotated, once the one that it knows is refused', async () => {
    secrets.set(NAME, SECOND);
    const door = lettingIn(() => SECOND);

    await connect(config, door).run(A, tag);

    expect(door.tried).toEqual(['first', 'second']);
  });

  it('does not try the same key twice, nor look for another while the network is down', async () => {
    const refused = lettingIn(() => FIRST);
    await expect(connect(config, refused).run(A, tag)).rejects.toMatchObject({ kind: 'Defect' });
    const unreachable = lettingIn(() => FIRST, 401001);
    await expect(connect(config, unreachable).run(A, tag)).rejects.toMatchObject({ kind: 'RetryLater' });

    expect([refused.tried, unreachable.tried]).toEqual([['second'], ['second']]);
  });

  it('does not ask for it before the function has started', async () => {
    const door = lettingIn(() => SECOND);
    connect({ ...config, AWS_LAMBDA_FUNCTION_NAME: 'f' }, door);
    await new Promise((resolve) => setTimeout(resolve, 30));

    expect(door.tried).toEqual([]);
  });
});

describe('a private key', () => {
  const read = (name: string, more: Partial<SnowflakeConfig> = {}): Promise<string> =>
    readPrivateKey({ ...config, SNOWFLAKE_PRIVATE_KEY_SECRET: name, ...more }, { isFresh: true });

  it('may be kept in the older form', async () => {
    secrets.set('older', key('pkcs1'));

    expect(await read('older')).toContain('BEGIN PRIVATE KEY');
  });

  it.each<[string, string, Partial<SnowflakeConfig>, string]>([
    ['nothing', 'Defect', {}, "the secret nothing can't be read: ResourceNotFound"],
    ['no-key', 'Defect', {}, 'the secret no-key holds no private key in PEM form without a passphrase'],
    ['no-key', 'RetryLater', { AWS_SESSION_TOKEN: 'another' }, "the secret no-key can't be read now"],
    ['no-key', 'RetryLater', { PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: '9' }, "the secret no-key can't be read: AWS's"],
  ])('of the secret %s is a %s where it can not be had', async (name, kind, more, message) => {
    secrets.set('no-key', 'hunter2');

    await expect(read(name, more)).rejects.toMatchObject({ kind, message: expect.stringContaining(message) });
    await expect(read(name, more)).rejects.not.toMatchObject({ message: expect.stringContaining('hunter2') });
  });
});
