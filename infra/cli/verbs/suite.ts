import { Argument } from 'commander';
import { withTarget } from '../choose-target.ts';
import type { ProposeOptions } from '../commands/propose-suite.ts';
import { withCommon } from '../options.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

type What = 'check' | 'explain' | 'propose';

export const suiteVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('suite')), false)
    .summary('check a suite of expectations, see the SQL it becomes, have one proposed')
    .addArgument(new Argument('<what>', 'what to do').choices(['check', 'explain', 'propose']))
    .argument(
      '<suite>',
      "a file in Great Expectations' JSON format, or a pipeline for its own two; of propose: DATABASE.SCHEMA.TABLE",
    )
    .option('--out <file>', 'propose: keep the suite in this file')
    .option('--key <column>', "propose: the column of the order's key")
    .description(
      'check reads a suite as validate would when it starts, and tells every expectation that it refuses, by name and place; it exits with 1 then. ' +
        'explain prints the statements that a batch would be judged by. Neither needs a warehouse. propose looks at a table, in a few scans within the ' +
        'warehouse, and writes a first suite that the table meets; --json prints that suite. docs/expectations.md tells all kinds.',
    )
    .addHelpText(
      'after',
      examples(
        'firn suite check goods.json',
        'firn suite check orders --json',
        'firn suite explain orders',
        'firn suite propose DEV_RAW_PROCESSED.ECOMM.ORDERS --out orders.json',
        'firn suite propose PROD_ANALYTICS.ANALYTICS_STAGING.STG_ECOMM_ORDER_ITEMS --stage prod --json',
      ),
    )
    .action((what: What, suite: string, options: ProposeOptions) => {
      if (what === 'propose')
        return finish(import('../commands/propose-suite.ts').then((it) => it.proposeSuite(context, suite, options)));
      return finish(
        import('../commands/suite.ts').then((it) =>
          what === 'check' ? it.checkSuite(context, suite, options) : it.explainSuite(context, suite, options),
        ),
      );
    });
};
