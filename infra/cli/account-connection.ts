import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import snowflake from 'snowflake-sdk';
import { Refusal } from './refusal.ts';
import type { Remote } from './target.ts';

/** The file in which Snowflake's own tools keep connections. */
const connectionsFile = (): string =>
  join(process.env['SNOWFLAKE_HOME'] || join(homedir(), '.snowflake'), 'connections.toml');

const isThere = (file: string, entry: string): boolean =>
  new RegExp(`^\\s*\\[\\s*"?${entry.replace(/[^\w]/g, String.raw`\$&`)}"?\\s*\\]`, 'm').test(
    readFileSync(file, 'utf8'),
  );

// What the user has set: below it is overwritten for the driver.
const DEFAULT_ENTRY = process.env['SNOWFLAKE_DEFAULT_CONNECTION_NAME'] || 'default';

/** The entry that leads to a stage: the one that is named, else `firn_<stage>`, else, for dev alone, the file's default. Refuses where there is none. */
const entryOf = ({ stage, connection }: Remote): string => {
  const file = connectionsFile();
  const own = connection ?? `firn_${stage}`;
  if (existsSync(file)) {
    if (isThere(file, own)) return own;
    if (connection === undefined && stage === 'dev' && isThere(file, DEFAULT_ENTRY)) return DEFAULT_ENTRY;
  }
  throw new Refusal(`${file} has no connection ${own}: it says how to log in to ${stage}'s Snowflake account`, {
    next: `add [${own}] with account, user and authenticator to it, name another by --connection, or leave --stage out for the laptop`,
  });
};

/** A connection to a stage's account, as Snowflake's own connections.toml describes it; not logged in yet. */
export const accountConnection = (remote: Remote): snowflake.Connection => {
  const entry = entryOf(remote);
  // The driver reads the file itself, and takes the entry's name from here.
  process.env['SNOWFLAKE_DEFAULT_CONNECTION_NAME'] = entry;
  return snowflake.createConnection();
};
