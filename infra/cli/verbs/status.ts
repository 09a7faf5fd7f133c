import { withCommon, type CommonOptions } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const statusVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('status')), false)
    .summary('show where every pipeline stands')
    .description(
      'For every pipeline: its trigger, what waits and since when, batches in flight and failed, what was loaded last, and how ' +
        'much is in quarantine. Works with and without a running stack.',
    )
    .addHelpText('after', examples('firn status', "firn status --json | jq '.pipelines[].inFlight'"))
    .action((options: CommonOptions) =>
      finish(import('../commands/status.ts').then(({ status }) => status(context, options))),
    );
};
