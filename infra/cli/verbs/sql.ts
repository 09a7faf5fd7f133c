import { withCommon, type CommonOptions } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const sqlVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('sql')), true)
    .summary('run one statement in the warehouse')
    .argument('<statement>', "one statement in Snowflake's SQL")
    .description(
      "Runs a statement through snowflake-sdk, in a session of its own in UTC: on the running stack's warehouse, or on the same " +
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
      finish(import('../commands/sql.ts').then(({ sql }) => sql(context, statement, options))),
    );
};
