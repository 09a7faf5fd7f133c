import { Command } from 'commander';
import { chooseTarget } from './choose-target.ts';
import type { Context } from './context.ts';
import { backfillVerb } from './verbs/backfill.ts';
import { batchVerb } from './verbs/batch.ts';
import { batchesVerb } from './verbs/batches.ts';
import { contractsVerb } from './verbs/contracts.ts';
import { deadLettersVerb } from './verbs/dead-letters.ts';
import { deployVerb } from './verbs/deploy.ts';
import { resumeVerb, suspendVerb } from './verbs/hold.ts';
import { ingestVerb } from './verbs/ingest.ts';
import { newPipelineVerb } from './verbs/new-pipeline.ts';
import { quarantineVerb } from './verbs/quarantine.ts';
import { reconcileVerb } from './verbs/reconcile.ts';
import { replayVerb } from './verbs/replay.ts';
import { runStepVerb } from './verbs/run-step.ts';
import { runVerb } from './verbs/run.ts';
import { snowflakeVerb } from './verbs/snowflake.ts';
import { sqlVerb } from './verbs/sql.ts';
import { statusVerb } from './verbs/status.ts';
import { suiteVerb } from './verbs/suite.ts';
import { upVerb } from './verbs/up.ts';
import { validationVerb } from './verbs/validation.ts';
import { warehouseVerb } from './verbs/warehouse.ts';
import type { Finish, Verb } from './verbs/verb.ts';

// In the order of the help.
const VERBS: readonly Verb[] = [
  runVerb,
  upVerb,
  ingestVerb,
  statusVerb,
  batchesVerb,
  batchVerb,
  validationVerb,
  replayVerb,
  quarantineVerb,
  reconcileVerb,
  deadLettersVerb,
  suspendVerb,
  resumeVerb,
  backfillVerb,
  sqlVerb,
  warehouseVerb,
  runStepVerb,
  suiteVerb,
  contractsVerb,
  deployVerb,
  snowflakeVerb,
  newPipelineVerb,
];

const EXIT_CODES = `
Exit codes:
  0    all went well
  1    a document is not accounted for, a batch or a statement failed
  2    wrong usage: an unknown option, a file that is not there
  3    a backfill waits for somebody to approve or cancel it
  130  stopped by ^C`;

/** The command line; each verb's code is loaded when it is called, so that help is quick. */
export const program = (context: Context, finish: Finish): Command => {
  const firn = new Command('firn')
    .description('Event-driven ETL for Snowflake on AWS messaging; here with the whole cloud on your laptop.')
    .helpCommand(false)
    .showHelpAfterError('(add --help for explanations and examples)')
    .addHelpText('after', EXIT_CODES);

  firn.hook('preAction', (_, verb) => chooseTarget(verb, context.firn));
  for (const verb of VERBS) verb(firn, context, finish);
  return firn;
};
