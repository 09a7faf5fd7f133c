import type { RunStepOptions } from '../commands/run-step.ts';
import { withTarget } from '../choose-target.ts';
import { withCommon } from '../options.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const runStepVerb: Verb = (firn, context, finish) => {
  withTarget(withCommon(firn.command('run-step')), true)
    .summary('run one service on one event')
    .argument('<step>', 'coordinator, extract, validate, transform or load')
    .requiredOption('--event <file>', 'an event as EventBridge delivers it, or a classic document with data in it')
    .option('--all', 'and everything that follows from it, to the end of the batch')
    .description(
      "Runs a service in this process, by its own role, against the laptop's warehouse or a stage's account, without bus, queue or function; " +
        'what it says is printed, one event a line, each good for the next step. A classic document brings its data along: ' +
        'nested documents, or with "hasExtraction": false rows by the names of columns; steps before the one named run first. ' +
        "On a stage your own user needs the services' roles; batches that run there by hand are seen by `firn batch` like any other.",
    )
    .addHelpText(
      'after',
      examples(
        'firn run-step extract --event triggered.json > extracted.json',
        'firn run-step validate --event extracted.json',
        'firn run-step load --event classic.json --all',
        'firn run-step transform --stage dev --event validated.json',
      ),
    )
    .action((step: string, options: RunStepOptions) =>
      finish(import('../commands/run-step.ts').then(({ runStep }) => runStep(context, step, options))),
    );
};
