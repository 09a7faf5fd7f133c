import { Argument } from 'commander';
import type { SuiteOptions } from '../commands/suite.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const suiteVerb: Verb = (firn, context, finish) => {
  firn
    .command('suite')
    .summary('check a suite of expectations, see the SQL it becomes')
    .addArgument(new Argument('<what>', 'what to do').choices(['check', 'explain']))
    .argument('<suite>', "a file in Great Expectations' JSON format, or a pipeline for its own two")
    .option('--json', 'one JSON document on standard output, and nothing else there')
    .description(
      'check reads a suite as validate would when it starts, and tells every expectation that it refuses, by name and place; it exits with 1 then. ' +
        'explain prints the statements that a batch would be judged by. Neither needs a warehouse. docs/expectations.md tells all kinds.',
    )
    .addHelpText(
      'after',
      examples('firn suite check goods.json', 'firn suite check orders --json', 'firn suite explain orders'),
    )
    .action((what: 'check' | 'explain', suite: string, options: SuiteOptions) =>
      finish(
        import('../commands/suite.ts').then((it) =>
          what === 'check' ? it.checkSuite(context, suite, options) : it.explainSuite(context, suite, options),
        ),
      ),
    );
};
