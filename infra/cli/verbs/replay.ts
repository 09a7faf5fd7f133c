import { Option } from 'commander';
import { ReplayStage } from '../../../events/contract.ts';
import type { ReplayOptions } from '../commands/replay.ts';
import { STATUSES } from '../flow/statuses.ts';
import { withCommon, withMost, withRate, withSince } from '../options.ts';
import { STAGES, withConnection } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const replayVerb: Verb = (firn, context, finish) => {
  withRate(withMost(withSince(withConnection(withCommon(firn.command('replay')), true)), 10_000))
    .summary('run a batch again, or many')
    .argument('[id]', "the batch's id, or its last part; none: many, by the options below")
    .addOption(
      new Option('--from <stage>', 'from this stage; from where it failed unless given').choices(ReplayStage.options),
    )
    .option('--dry-run', 'say what would happen, and do nothing')
    .addOption(new Option('--status <status>', 'many: those in this status (failed unless given)').choices(STATUSES))
    .addOption(
      new Option(
        '--stage <stage...>',
        'many: those that failed in this stage; dev or prod: there instead of on the laptop',
      ).choices([...ReplayStage.options, ...STAGES]),
    )
    .option('--pipeline <name>', 'many: of one pipeline only')
    .option(
      '--incident <name>',
      'what this repairs: of one incident a batch is replayed once, so that this can be repeated',
    )
    .description(
      'Emits the stored event again with the next attempt number; what the batch has loaded already is replaced, not doubled. ' +
        'Many at once need the name of an incident and go out at a limited rate; stopped half way, the same command goes on.',
    )
    .addHelpText(
      'after',
      examples(
        'firn replay A1B2C3D4 --dry-run',
        'firn replay A1B2C3D4 --from extract',
        'firn replay --status failed --since 2h --stage transform --incident bad-rule',
      ),
    )
    .action(
      (
        id: string | undefined,
        { stage, ...options }: Omit<ReplayOptions, 'stage'> & { readonly stage?: readonly string[] },
      ) => {
        const failedIn = stage?.find((it) => !STAGES.includes(it));
        const all = { ...options, ...(failedIn === undefined ? {} : { stage: failedIn }) };
        return finish(import('../commands/replay.ts').then(({ replay }) => replay(context, id, all)));
      },
    );
};
