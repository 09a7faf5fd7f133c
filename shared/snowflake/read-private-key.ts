import { createPrivateKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Defect, RetryLater } from '../errors.ts';
import type { SnowflakeConfig } from './config.ts';
import type { ReadKey } from './log-in.ts';

const DEFAULT_PORT = '2773';
/** The extension starts beside the function, and may be a moment later. */
const NOT_READY = /not ready/i;
const TRIES = 20;
const PAUSE_MS = 100;
const TIMEOUT_MS = 10_000;
/** What no second try changes: somebody has to make the secret, or allow it. */
const WRONG = /ResourceNotFound|AccessDenied|InvalidRequest|InvalidParameter|DecryptionFailure/;

/**
 * The private key that a secret holds, by AWS's extension for secrets (a layer of the function): it keeps what it has read for five
 * minutes, across invocations, and signs with the function's own role.
 */
export const readPrivateKey: ReadKey = async (config, { isFresh }) => {
  const secret = config.SNOWFLAKE_PRIVATE_KEY_SECRET ?? '';
  const text = await readSecret(config, secret, isFresh);
  try {
    return createPrivateKey(text).export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch {
    // The reason would quote the secret's text.
    throw new Defect(`the secret ${secret} holds no private key in PEM form without a passphrase`, { secret });
  }
};

const readSecret = async (config: SnowflakeConfig, secret: string, isFresh: boolean): Promise<string> => {
  const port = config.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT ?? DEFAULT_PORT;
  const query = new URLSearchParams({ secretId: secret, ...(isFresh ? { refreshNow: 'true' } : {}) });
  const url = `http://localhost:${port}/secretsmanager/get?${query.toString()}`;
  for (let tried = 1; ; tried += 1) {
    const { isOk, body } = await ask(url, config.AWS_SESSION_TOKEN ?? '', secret);
    if (isOk) return stringIn(body, secret);
    if (!NOT_READY.test(body) || tried === TRIES) throw refusal(secret, body);
    await wait(PAUSE_MS);
  }
};

const ask = async (url: string, token: string, secret: string): Promise<{ isOk: boolean; body: string }> => {
  try {
    const headers = { 'X-Aws-Parameters-Secrets-Token': token };
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { isOk: response.ok, body: await response.text() };
  } catch (cause) {
    throw new RetryLater(
      `the secret ${secret} can't be read: AWS's extension for secrets doesn't answer`,
      { secret },
      { cause },
    );
  }
};

const stringIn = (body: string, secret: string): string => {
  const { SecretString } = JSON.parse(body) as { readonly SecretString?: string };
  if (SecretString === undefined) throw new Defect(`the secret ${secret} holds no text`, { secret });
  return SecretString;
};

const refusal = (secret: string, body: string): Defect | RetryLater => {
  const what = WRONG.exec(body)?.[0];
  return what === undefined
    ? new RetryLater(`the secret ${secret} can't be read now`, { secret })
    : new Defect(`the secret ${secret} can't be read: ${what}`, { secret });
};
