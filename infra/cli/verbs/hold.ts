import { withCommon, type CommonOptions } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const suspendVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('suspend')), true)
    .summary("hold a pipeline's trigger")
    .argument('<pipeline>', 'whose trigger')
    .requiredOption('--why <text>', 'shown wherever the trigger is')
    .description(
      'The trigger starts no more batches until `firn resume`, and no backfill that ends undoes that. Documents go on arriving ' +
        'and wait; batches in flight go on. Says who else holds the trigger.',
    )
    .addHelpText('after', examples('firn suspend orders --why "the shop migrates its database"'))
    .action((pipeline: string, options: CommonOptions & { why: string }) =>
      finish(import('../commands/hold.ts').then(({ suspend }) => suspend(context, pipeline, options))),
    );
};

export const resumeVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('resume')), true)
    .summary("let a pipeline's trigger go")
    .argument('<pipeline>', 'whose trigger')
    .description(
      'Undoes `firn suspend`, and closes the breaker: what waited for it starts. The trigger runs again unless a backfill holds it, too; ' +
        'that one lets go when it ends.',
    )
    .addHelpText('after', examples('firn resume orders'))
    .action((pipeline: string, options: CommonOptions) =>
      finish(import('../commands/hold.ts').then(({ resume }) => resume(context, pipeline, options))),
    );
};
