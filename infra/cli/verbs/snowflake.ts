import { InvalidArgumentError, Option } from 'commander';
import type { ScriptOptions } from '../commands/snowflake-script.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

const count = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
};

export const snowflakeVerb: Verb = (firn, context, finish) => {
  firn
    .command('snowflake')
    .summary("print the script that makes a pipeline's objects on Snowflake")
    .description(
      'Prints all databases, tables, stages, pipes, streams, tasks, procedures, roles, users and grants of a pipeline on a stage, from the ' +
        'definitions that the laptop is built from, to be run by an operator. It can be run again on a live pipeline. It reaches no account.',
    )
    .addOption(new Option('--stage <stage>', 'dev or prod').choices(['dev', 'prod']).makeOptionMandatory())
    .requiredOption('--pipeline <name>', 'whose objects')
    .requiredOption('--bucket <name>', 'the bucket where files land')
    .requiredOption('--storage-integration <name>', 'the integration that reads the bucket, made by the account')
    .requiredOption('--inbound-topic-arn <arn>', 'the topic that reaches the coordinator')
    .requiredOption('--inbound-role-arn <arn>', 'the role that Snowflake assumes to publish to it')
    .requiredOption('--keys <dir>', "the services' public keys, <service>.pub each, in PEM form")
    .option('--schedule <text>', 'how often the tasks run', '5 MINUTES')
    .option('--threshold-rows <rows>', 'a batch starts when more documents than this wait …', count, 500)
    .option('--max-age-seconds <seconds>', '… or when the oldest has waited this long', count, 900)
    .option('--json', 'an array of named statements instead')
    .addHelpText(
      'after',
      examples(
        'firn snowflake --stage dev --pipeline orders --bucket firn-dev-landing --storage-integration FIRN_DEV --keys keys \\\n' +
          '    --inbound-topic-arn arn:aws:sns:… --inbound-role-arn arn:aws:iam::… > orders.sql',
      ),
    )
    .action((options: ScriptOptions) =>
      finish(import('../commands/snowflake-script.ts').then((it) => it.snowflakeScript(context, options))),
    );
};
