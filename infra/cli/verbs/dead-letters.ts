import type { DeadLettersOptions } from '../commands/dead-letters.ts';
import { withCommon, withMost, withSince } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const deadLettersVerb: Verb = (firn, context, finish) => {
  withMost(withSince(withTarget(withCommon(firn.command('dead-letters')), false)))
    .summary('list the messages that services gave up')
    .description(
      'Every message that came to a dead-letter queue, newest first, with its class and reason. Those that name a batch have failed ' +
        'it, and the batch can be replayed; what is no event at all is kept here whole (--json shows it).',
    )
    .addHelpText('after', examples('firn dead-letters', 'firn dead-letters --since 24h --json'))
    .action((options: DeadLettersOptions) =>
      finish(import('../commands/dead-letters.ts').then(({ listLetters }) => listLetters(context, options))),
    );
};
