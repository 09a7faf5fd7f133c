import type { SnowflakeConfig } from './config.ts';
import { readPrivateKey } from './read-private-key.ts';
import type { Session } from './session.ts';
import { isOutOfReach } from './translate.ts';

/** Reads the private key that a secret holds; a fresh one comes from Secrets Manager itself, and not from what was read before. */
export type ReadKey = (config: SnowflakeConfig, wants: { readonly isFresh: boolean }) => Promise<string>;

/**
 * Logs a service in by what its environment says. Where a secret holds the key and the warehouse refuses it, the secret is read again:
 * a key that was rotated meanwhile is taken at once.
 */
export const logIn = (
  config: SnowflakeConfig,
  deps: { readonly open: (config: SnowflakeConfig) => Promise<Session>; readonly readKey?: ReadKey },
): (() => Promise<Session>) => {
  const { open, readKey = readPrivateKey } = deps;
  if (config.SNOWFLAKE_PRIVATE_KEY_SECRET === undefined) return () => open(config);
  const openWith = (key: string): Promise<Session> => open({ ...config, SNOWFLAKE_PRIVATE_KEY: key });
  return async () => {
    const known = await readKey(config, { isFresh: false });
    try {
      return await openWith(known);
    } catch (error) {
      if (isOutOfReach(error)) throw error;
      const fresh = await readKey(config, { isFresh: true });
      if (fresh === known) throw error;
      return openWith(fresh);
    }
  };
};
