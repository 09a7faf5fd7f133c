import type { UpOptions } from '../commands/up.ts';
import { withCommon, withPace } from '../options.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const upVerb: Verb = (firn, context, finish) => {
  withPace(withCommon(firn.command('up')))
    .summary('keep the stack running in the foreground')
    .description(
      'Starts the stack, finishes what an earlier one left in flight, prints its endpoints with `export` lines for any AWS SDK ' +
        'or snowflake-sdk client, and one line for each event of a batch. ^C stops it; nothing is lost by that.',
    )
    .addHelpText(
      'after',
      examples('firn up', 'firn up --schedule-seconds 10 --max-age 60', 'firn up --json > endpoints.json'),
    )
    .action((options: UpOptions) => finish(import('../commands/up.ts').then(({ up }) => up(context, options))));
};
