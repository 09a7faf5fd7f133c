import { InvalidArgumentError, Option, type Command } from 'commander';
import { withTarget } from '../choose-target.ts';
import { withCommon } from '../options.ts';
import type { PlanOptions } from '../snowflake/apply.ts';
import type { DestroyOptions } from '../snowflake/destroy.ts';
import type { MonitorOptions } from '../snowflake/monitor.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
};

const accountNumber = (text: string): string => {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('Give the twelve digits of an AWS account.');
  return text;
};

const withPipeline = (verb: Command, changes: boolean): Command =>
  withTarget(withCommon(verb), changes).requiredOption('--pipeline <name>', 'whose objects');

const withDefinition = (verb: Command, changes: boolean): Command =>
  withPipeline(verb, changes)
    .option('--aws-account <digits>', "the AWS account of the stage's topic, bucket and roles", accountNumber)
    .option('--region <name>', 'its region', 'eu-west-1')
    .option('--keys <dir>', "log services in by <service>.pub, in PEM form, instead of their functions' AWS roles")
    .addOption(
      new Option('--notify <way>', 'how the trigger tells AWS: by SNS, or by an external function through the API')
        .choices(['sns', 'external-function'])
        .default('sns'),
    )
    .option(
      '--api-url <url>',
      "of an external function: the API's address with /notifications, which the platform's deploy prints",
    )
    .option('--schedule <text>', 'how often the tasks run', '5 MINUTES')
    .option('--threshold-rows <rows>', 'a batch starts when more documents than this wait …', count, 500)
    .option('--max-age-seconds <seconds>', '… or when the oldest has waited this long', count, 900);

export const snowflakeVerb: Verb = (firn, context, finish) => {
  const snowflake = firn
    .command('snowflake')
    .summary("plan, make, watch or drop a pipeline's objects on Snowflake")
    .description(
      'Databases, schemas, tables, integrations, stages, pipes, streams, tasks, procedures, roles, users and grants of a pipeline follow from the ' +
        "owners' definitions. On a stage the connection comes from Snowflake's own connections.toml; without --stage all of this works on the laptop's warehouse.",
    )
    .addHelpText(
      'after',
      examples(
        'firn snowflake plan --stage dev --pipeline orders --aws-account 123456789012',
        'firn snowflake apply --stage prod --pipeline orders --aws-account 123456789012 --threshold-rows 1000',
        'firn snowflake script --stage dev --pipeline orders --aws-account 123456789012 > orders.sql',
        'firn snowflake monitor --pipeline orders',
        'firn snowflake destroy --pipeline orders --with-data --yes',
      ),
    );
  withDefinition(snowflake.command('plan'), false)
    .summary('show what would be created, replaced, granted or revoked')
    .description('Compares the definition with what is there, and changes nothing.')
    .action((options: PlanOptions) => finish(import('../snowflake/apply.ts').then((it) => it.plan(context, options))));
  withDefinition(snowflake.command('apply'), true)
    .summary('show the plan, then carry it out')
    .description(
      'Carries out only what differs: streams keep their place, tables their rows, and a task that is replaced runs again. Interrupted, the next call goes on.',
    )
    .action((options: PlanOptions) =>
      finish(import('../snowflake/apply.ts').then((it) => it.applyPlan(context, options))),
    );
  withDefinition(snowflake.command('script'), false)
    .summary('print all of it as one script')
    .description('For a worksheet or `snow sql`; reaches no account. It can be run again on a live pipeline.')
    .action((options: PlanOptions) =>
      finish(import('../snowflake/script.ts').then((it) => it.printScript(context, options))),
    );
  withPipeline(snowflake.command('monitor'), false)
    .summary('show pipes, streams, tasks and procedures')
    .description('With the statements that asked for them, to be pasted into a worksheet.')
    .action((options: MonitorOptions) =>
      finish(import('../snowflake/monitor.ts').then((it) => it.monitor(context, options))),
    );
  withDefinition(snowflake.command('destroy'), true)
    .summary("drop what is the pipeline's alone")
    .option('--with-data', 'its tables, too')
    .option('--yes-really <stage/pipeline>', 'on prod, where --yes is not enough: name what is to go, prod/orders')
    .description(
      'Tasks, stream, pipe, procedures, stage and file format go; tables only with --with-data; what pipelines share never. Wants --yes, and on prod --yes-really.',
    )
    .action((options: DestroyOptions) =>
      finish(import('../snowflake/destroy.ts').then((it) => it.destroy(context, options))),
    );
};
