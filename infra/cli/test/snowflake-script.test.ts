import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '../../../shared/sql/statement.ts';
import { script } from '../../snowflake/script.ts';
import { SERVICES } from '../../snowflake/objects/access.ts';
import { printScript } from '../snowflake/script.ts';
import { fakeTerminal } from './fake-terminal.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }) as string;
const base64 = rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const options = {
  stage: 'prod' as const,
  pipeline: 'orders',
  data: '.firn',
  awsAccount: '123456789012',
  region: 'eu-west-1',
  schedule: '5 MINUTES',
  thresholdRows: 7,
  maxAgeSeconds: 60,
};

let keys: string;
beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'firn-keys-'));
  for (const it of SERVICES) await writeFile(join(keys, `${it}.pub`), pem);
});
afterAll(() => rm(keys, { recursive: true, force: true }));

const printed = async (changes: object = {}): Promise<string> => {
  const fake = fakeTerminal();
  let text = '';
  const terminal = { ...fake.terminal, result: async (it: string) => void (text += it) };
  await printScript({ terminal, stop: new AbortController().signal, firn: './firn' }, { ...options, keys, ...changes });
  return text;
};

describe('the script for Snowflake', () => {
  it("makes the stage's objects from its parameters, values quoted, every service with its key", async () => {
    const text = await printed();

    expect(text).toMatch(/call [^;]*PROD_RAW[^;]*\(7, 60\);/);
    expect(text).toContain("'s3://firn-prod-landing/orders/'");
    expect(text).toContain("'arn:aws:sns:eu-west-1:123456789012:firn-prod-inbound'");
    expect(text.split(base64)).toHaveLength(SERVICES.length + 1);
    expect(text).not.toContain('DEV_');
  });

  it('holds the statements that --json names, in their order', async () => {
    const statements = JSON.parse(await printed({ json: true })) as { name: string; text: string }[];

    expect(await printed()).toBe(statements.map((it) => `-- ${it.name}\n${it.text.trim()};\n`).join('\n'));
  });

  it('refuses a statement whose values are no text', () => {
    expect(() => script([sql('bound')`select ${1}`])).toThrow('bound has binds');
  });

  it("logs services in by their functions' roles where there are no keys", async () => {
    const text = await printed({ keys: undefined });

    expect(text).toContain(
      `alter user "FIRN_PROD_LOAD" set workload_identity = (type = aws arn = 'arn:aws:iam::123456789012:role/firn-prod-load');`,
    );
    expect(text).not.toContain('rsa_public_key');
  });

  it('refuses a stage without the AWS account that it belongs to', async () => {
    await expect(printed({ awsAccount: undefined })).rejects.toThrow("AWS account's topic");
  });

  it('refuses a pipeline nobody knows, and names those there are', async () => {
    await expect(printed({ pipeline: 'nobody' })).rejects.toThrow(/no pipeline nobody; there are .*orders/);
  });

  it('refuses a key that is missing, private, or not RSA', async () => {
    const bad = await mkdtemp(join(tmpdir(), 'firn-keys-'));
    try {
      await expect(printed({ keys: bad })).rejects.toThrow(/can't read the public key .*extract.pub: ENOENT/);
      for (const it of SERVICES)
        await writeFile(join(bad, `${it}.pub`), rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      await expect(printed({ keys: bad })).rejects.toThrow('is no public key');
      const ec = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' });
      for (const it of SERVICES) await writeFile(join(bad, `${it}.pub`), ec);
      await expect(printed({ keys: bad })).rejects.toThrow('is no RSA key');
    } finally {
      await rm(bad, { recursive: true, force: true });
    }
  });
});
