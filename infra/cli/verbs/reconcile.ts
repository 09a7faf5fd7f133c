import type { ReconcileOptions } from '../commands/reconcile.ts';
import { withCommon, withSince } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const reconcileVerb: Verb = (firn, context, finish) => {
  withSince(withTarget(withCommon(firn.command('reconcile')), true))
    .summary('prove that nothing is lost and nothing doubled')
    .option('--pipeline <name>', 'of one pipeline only')
    .option('--repair', 'emit again what is missing, and wait for it')
    .description(
      'raw documents = loaded + superseded + quarantined + rejected + discarded + in flight, by hour and by file; names every missing and ' +
        'surplus row. With --since only documents that landed since then are counted. Exits with 1 if the balance does not come out. ' +
        'What stands in the target without a document, or in target and quarantine at once, is named but left to you.',
    )
    .addHelpText('after', examples('firn reconcile', 'firn reconcile --since 24h --json', 'firn reconcile --repair'))
    .action((options: ReconcileOptions) =>
      finish(import('../commands/reconcile.ts').then(({ reconcileAll }) => reconcileAll(context, options))),
    );
};
