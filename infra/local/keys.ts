import { createPublicKey, generateKeyPair } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeWhole } from './write-whole.ts';

/** A service's key pair: the private key as PEM, the public one as Snowflake's users take it. */
export interface Keys {
  readonly privateKey: string;
  readonly publicKey: string;
}

const generate = promisify(generateKeyPair);

/** Each service's key pair, made at the first start and kept below `directory`, readable by its owner alone. */
export const serviceKeys = async <S extends string>(
  directory: string,
  services: readonly S[],
): Promise<Readonly<Record<S, Keys>>> => {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const pairs = await Promise.all(
    services.map(async (it) => [it, await keysOf(join(directory, `${it}.pem`))] as const),
  );
  return Object.fromEntries(pairs) as Record<S, Keys>;
};

const keysOf = async (file: string): Promise<Keys> => {
  const privateKey = (await readFile(file, 'utf8').catch(() => undefined)) ?? (await create(file));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  return { privateKey, publicKey };
};

const create = async (file: string): Promise<string> => {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await writeWhole(file, pem);
  return pem;
};
