import { relative } from 'node:path';
import type { Terminal } from './terminal.ts';

/** What a command needs of the world around it. */
export interface Context {
  readonly terminal: Terminal;
  /** Aborted when the user wants the command to end. */
  readonly stop: AbortSignal;
  /** How the user calls this program. */
  readonly firn: string;
}

/** A command as the user would type it next, on the same data directory. */
export const nextCommand = (context: Pick<Context, 'firn'>, command: string, dataDir: string): string => {
  const shown = relative('', dataDir);
  const data = shown === '.firn' ? '' : ` --data ${/^[\w./-]+$/.test(shown) ? shown : JSON.stringify(shown)}`;
  return `${context.firn} ${command}${data}`;
};
