import { Command } from 'commander';
import type { Context } from './context.ts';
import { withCommon, withPace, withPort, withTimeout, type CommonOptions } from './options.ts';
import type { RunOptions } from './commands/run.ts';
import type { UpOptions } from './commands/up.ts';
import type { WarehouseOptions } from './commands/warehouse.ts';

/** A verb's work, which resolves to the exit code. */
type Finish = (work: Promise<number>) => Promise<void>;

const EXIT_CODES = `
Exit codes:
  0    all went well
  1    a document is not accounted for, a batch or a statement failed
  2    wrong usage: an unknown option, a file that is not there
  130  stopped by ^C`;

/** The command line; each verb's code is loaded when it is called, so that help is quick. */
export const program = (context: Context, finish: Finish): Command => {
  const firn = new Command('firn')
    .description('Event-driven ETL for Snowflake on AWS messaging; here with the whole cloud on your laptop.')
    .helpCommand(false)
    .showHelpAfterError('(add --help for explanations and examples)')
    .addHelpText('after', EXIT_CODES);

  withTimeout(withPace(withCommon(firn.command('run'))))
    .summary('load files and show each step')
    .argument('<file...>', 'files of one JSON document a line, plain, .gz or .zst')
    .description(
      'Starts the stack (or uses the one that runs on the data directory), puts the files into its bucket, and follows them\n' +
        'live: Snowpipe, the stream and TASK1, TASK2, and every batch through its stages. Ends when nothing moves any more,\n' +
        'with an account of every document. A file whose content has been loaded before is not loaded again.',
    )
    .addHelpText(
      'after',
      examples(
        'firn run orders.ndjson',
        'firn run --threshold 100 *.ndjson.gz',
        'firn run orders.ndjson --json | jq .documents',
      ),
    )
    .action((files: string[], options: RunOptions) =>
      finish(import('./commands/run.ts').then(({ run }) => run(context, files, options))),
    );

  withPace(withCommon(firn.command('up')))
    .summary('keep the stack running in the foreground')
    .description(
      'Starts the stack, finishes what an earlier one left in flight, prints its endpoints with `export` lines for any AWS SDK\n' +
        'or snowflake-sdk client, and one line for each event of a batch. ^C stops it; nothing is lost by that.',
    )
    .addHelpText(
      'after',
      examples('firn up', 'firn up --schedule-seconds 10 --max-age 60', 'firn up --json > endpoints.json'),
    )
    .action((options: UpOptions) => finish(import('./commands/up.ts').then(({ up }) => up(context, options))));

  withCommon(firn.command('ingest'))
    .summary('put files into the bucket, without waiting')
    .argument('<file...>', 'files of one JSON document a line, plain, .gz or .zst')
    .description(
      'Stores the files where Snowpipe finds them. A running stack loads them at once; without one they wait for the next\n' +
        '`firn up` or `firn run`.',
    )
    .addHelpText('after', examples('firn ingest orders.ndjson', 'firn ingest late/*.ndjson.gz --data /tmp/other'))
    .action((files: string[], options: CommonOptions) =>
      finish(import('./commands/ingest.ts').then(({ ingest }) => ingest(context, files, options))),
    );

  withCommon(firn.command('status'))
    .summary('show where every pipeline stands')
    .description(
      'For every pipeline: its trigger, what waits and since when, batches in flight and failed, what was loaded last, and how\n' +
        'much is in quarantine. Works with and without a running stack.',
    )
    .addHelpText('after', examples('firn status', "firn status --json | jq '.pipelines[].inFlight'"))
    .action((options: CommonOptions) =>
      finish(import('./commands/status.ts').then(({ status }) => status(context, options))),
    );

  withCommon(firn.command('sql'))
    .summary('run one statement in the warehouse')
    .argument('<statement>', "one statement in Snowflake's SQL")
    .description(
      "Runs a statement through snowflake-sdk, in a session of its own in UTC: on the running stack's warehouse, or on the same\n" +
        'files without one. With --json an array of objects: decimals with a scale, and integers beyond 2^53, are strings.',
    )
    .addHelpText(
      'after',
      examples(
        'firn sql "SHOW TABLES IN ACCOUNT"',
        'firn sql "SELECT COUNT(*) FROM DEV_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS"',
        'firn sql "SELECT REASONS FROM DEV_RAW_PROCESSED.ECOMM.ORDERS_QUARANTINE" --json',
      ),
    )
    .action((statement: string, options: CommonOptions) =>
      finish(import('./commands/sql.ts').then(({ sql }) => sql(context, statement, options))),
    );

  withPort(withCommon(firn.command('warehouse')))
    .summary('keep the warehouse alone running, for other projects')
    .description(
      'Starts nothing but the warehouse, on the same files as the stack, and prints the address that snowflake-sdk takes as\n' +
        '`accessUrl`. Any account, user and password get in until users are created in it. ^C stops it.',
    )
    .addHelpText('after', examples('firn warehouse', 'firn warehouse --port 0 --data /tmp/tests --json'))
    .action((options: WarehouseOptions) =>
      finish(import('./commands/warehouse.ts').then(({ warehouse }) => warehouse(context, options))),
    );
  return firn;
};

const examples = (...lines: readonly string[]): string => ['', 'Examples:', ...lines.map((it) => `  ${it}`)].join('\n');
