import { containerCommands } from './catalog/commands/containers.ts';
import { createTable } from './catalog/commands/create-table.ts';
import { createView } from './catalog/commands/create-view.ts';
import { dropRelations } from './catalog/commands/drop-table.ts';
import type { Command } from './session/command.ts';
import { sessionCommands } from './session/commands/session-commands.ts';
import { transactionCommands } from './session/commands/transaction-commands.ts';

/** Every kind of statement that is not translated SQL; the first one that matches runs. */
export const COMMANDS: readonly Command[] = [
  ...transactionCommands,
  ...sessionCommands,
  ...containerCommands,
  createTable,
  createView,
  ...dropRelations,
];
