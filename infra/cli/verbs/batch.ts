import type { BatchOptions } from '../commands/batch.ts';
import { withCommon } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const batchVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('batch')), false)
    .summary("tell one batch's whole life")
    .argument('<id>', "the batch's id, or its last part")
    .option('--queries', 'with the statements that ran for it, as far as Snowflake remembers them')
    .description(
      'Every event with its time and attempt, rows in and out of each stage, tables; and where it failed: the error, its class, ' +
        'whose stage it is, and the command to type next. Exits with 1 if the batch has failed.',
    )
    .addHelpText(
      'after',
      examples('firn batch 20260105093000_A1B2C3D4', 'firn batch A1B2C3D4 --queries', 'firn batch A1B2C3D4 --json'),
    )
    .action((id: string, options: BatchOptions) =>
      finish(import('../commands/batch.ts').then(({ batch }) => batch(context, id, options))),
    );
};
