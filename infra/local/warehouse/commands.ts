import { alertCommands } from './alerts/alert-commands.ts';
import { alterOthers } from './catalog/commands/alter-others.ts';
import { alterTable } from './catalog/commands/alter-table.ts';
import { containerCommands } from './catalog/commands/containers.ts';
import { createTable } from './catalog/commands/create-table.ts';
import { createView } from './catalog/commands/create-view.ts';
import { describeObjects } from './catalog/commands/describe-objects.ts';
import { describeRelations } from './catalog/commands/describe-table.ts';
import { dropRelations } from './catalog/commands/drop-table.ts';
import { refusedClauses } from './catalog/commands/refused-clauses.ts';
import { sequenceCommands } from './catalog/commands/sequences.ts';
import { showColumns } from './catalog/commands/show-columns.ts';
import { showKeys } from './catalog/commands/show-keys.ts';
import { showContainers } from './catalog/commands/show-containers.ts';
import { showRelations } from './catalog/commands/show-relations.ts';
import { undropContainers } from './catalog/commands/undrop-container.ts';
import { undropTable } from './catalog/commands/undrop.ts';
import { warehouseCommands } from './catalog/commands/warehouses.ts';
import { grantCommands } from './roles/commands/grants.ts';
import { roleCommands } from './roles/commands/roles.ts';
import { showGrants } from './roles/commands/show-grants.ts';
import { userCommands } from './roles/commands/users.ts';
import { copyCommand } from './copy/copy-command.ts';
import { unloadCommand } from './copy/unload.ts';
import { inferSchemaQueries } from './stages/infer/infer-schema.ts';
import { fileFormatCommands } from './stages/commands/file-formats.ts';
import { fileCommands } from './stages/commands/list-files.ts';
import { transferCommands } from './stages/commands/transfer.ts';
import { stageCommands } from './stages/commands/stages.ts';
import { functionCommands } from './functions/function-commands.ts';
import { notificationCommands } from './notifications/notification-commands.ts';
import { materializedViewCommands } from './materialized-views/materialized-view-commands.ts';
import { policyCommands } from './policies/policy-commands.ts';
import { pipeCommands } from './pipes/pipe-commands.ts';
import { dynamicTableCommands } from './dynamic-tables/dynamic-table-commands.ts';
import { streamCommands } from './streams/stream-commands.ts';
import { anonymousBlock, executeImmediate } from './scripting/commands/blocks.ts';
import { callCommand } from './scripting/commands/call.ts';
import { callWith } from './scripting/commands/call-with.ts';
import { procedureCommands } from './scripting/commands/procedures.ts';
import { systemCalls } from './system/system-command.ts';
import { createWithTags } from './tags/create-with-tags.ts';
import { setTags } from './tags/set-tags.ts';
import { tagCommands } from './tags/tag-commands.ts';
import { taskCommands } from './tasks/task-commands.ts';
import { command, type Command } from './session/command.ts';
import { describeResult } from './session/commands/describe-result.ts';
import { dynamicPivotQueries } from './session/commands/dynamic-pivots.ts';
import { flowOperator } from './session/commands/flow-operator.ts';
import { sessionCommands } from './session/commands/session-commands.ts';
import { showSessionCommands } from './session/commands/show-session.ts';
import { transactionCommands } from './session/commands/transaction-commands.ts';

/** Every kind of statement that is not translated SQL; the first one that matches runs. */
export const COMMANDS: readonly Command[] = [
  flowOperator,
  createWithTags,
  setTags,
  refusedClauses,
  inferSchemaQueries,
  unloadCommand,
  copyCommand,
  ...stageCommands,
  ...fileFormatCommands,
  ...fileCommands,
  ...transferCommands,
  ...notificationCommands,
  ...pipeCommands,
  ...streamCommands,
  ...dynamicTableCommands,
  ...procedureCommands,
  ...functionCommands,
  ...taskCommands,
  ...policyCommands,
  ...tagCommands,
  ...alertCommands,
  callCommand,
  callWith,
  executeImmediate,
  systemCalls,
  dynamicPivotQueries,
  ...transactionCommands,
  anonymousBlock,
  ...sessionCommands,
  describeResult,
  ...containerCommands,
  createTable,
  command('CREATE VIEW', (context) => createView(context)),
  ...materializedViewCommands,
  ...dropRelations,
  undropTable,
  ...undropContainers,
  alterTable,
  ...alterOthers,
  ...describeRelations,
  ...describeObjects,
  ...showContainers,
  ...showRelations,
  showColumns,
  ...showKeys,
  ...sequenceCommands,
  ...showSessionCommands,
  ...warehouseCommands,
  ...roleCommands,
  ...userCommands,
  ...grantCommands,
  showGrants,
];
