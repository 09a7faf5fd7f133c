import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { definition, pipelineParts } from '../../snowflake/definition.ts';
import type { Deployment } from '../../snowflake/deployment.ts';
import { SERVICES, type PublicKeys } from '../../snowflake/objects/access.ts';
import { script } from '../../snowflake/script.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';

/** What the script depends on: a deployment, the pipeline, and where the services' public keys are. */
export interface ScriptOptions extends Deployment {
  readonly pipeline: string;
  readonly keys: string;
  readonly json?: true;
}

/** Prints all DDL of a pipeline on a stage; reaches no account. */
export const snowflakeScript = async ({ terminal }: Context, options: ScriptOptions): Promise<number> => {
  const all = pipelineParts();
  const parts = all.find((it) => it.extract.pipeline === options.pipeline);
  if (!parts)
    throw new Refusal(
      `there is no pipeline ${options.pipeline}; there are ${all.map((it) => it.extract.pipeline).join(', ')}`,
    );
  const statements = definition(options, parts, await publicKeys(options.keys));
  await terminal.result(
    options.json ? `${JSON.stringify(statements.map(({ name, text }) => ({ name, text })))}\n` : script(statements),
  );
  return 0;
};

const publicKeys = async (folder: string): Promise<PublicKeys> => {
  const keys = await Promise.all(SERVICES.map(async (it) => [it, await publicKey(join(folder, `${it}.pub`))]));
  return Object.fromEntries(keys) as PublicKeys;
};

const publicKey = async (file: string): Promise<string> => {
  const pem = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal(`can't read the public key ${file}: ${(error as NodeJS.ErrnoException).code}`);
  });
  // From a private key node would derive a public one: a private key has no business here.
  if (!pem.includes('BEGIN PUBLIC KEY')) throw new Refusal(`${file} is no public key in PEM form`);
  try {
    const key = createPublicKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch {
    throw new Refusal(`${file} is no public key in PEM form`);
  }
  throw new Refusal(`${file} is no RSA key, and Snowflake takes no other`);
};
