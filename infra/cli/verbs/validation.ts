import type { ValidationOptions } from '../commands/validation.ts';
import { withTarget } from '../choose-target.ts';
import { withCommon } from '../options.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const validationVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('validation')), false)
    .summary("tell what a batch's validations found")
    .argument('<id>', "the batch's id, or its last part")
    .option('--html <file>', 'also write a page with bars by expectation and trends over the last batches')
    .description(
      "Every expectation of the batch's latest attempt, at each stage: the share of good rows or the figure that was seen, and what not meeting " +
        "it did. With --json each result is in Great Expectations' own format. Exits with 1 if the batch has stopped for one.",
    )
    .addHelpText(
      'after',
      examples(
        'firn validation A1B2C3D4',
        'firn validation A1B2C3D4 --html validation.html',
        'firn validation A1B2C3D4 --json',
      ),
    )
    .action((id: string, options: ValidationOptions) =>
      finish(import('../commands/validation.ts').then(({ validation }) => validation(context, id, options))),
    );
};
