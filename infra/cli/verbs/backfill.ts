import { userInfo } from 'node:os';
import { Option, type Command } from 'commander';
import { chunksOf, dayOf, namesOf, tolerancesOf, wholeOf } from './backfill-arguments.ts';
import type { BackfillOptions } from '../commands/backfill.ts';
import type { InstructOptions } from '../commands/instruct-backfill.ts';
import { withCommon, withMost, type CommonOptions } from '../options.ts';
import { withTarget } from '../choose-target.ts';
import { examples } from './examples.ts';
import type { Finish, Verb } from './verb.ts';
import type { Context } from '../context.ts';

export const backfillVerb: Verb = (firn, context, finish) => {
  const backfill = firn.command('backfill');
  requestVerb(backfill, context, finish);
  showVerbs(backfill, context, finish);
  instructVerbs(backfill, context, finish);
};

const requestVerb = (backfill: Command, context: Context, finish: Finish): void => {
  withFollow(withTarget(withCommon(backfill), true))
    .summary('rebuild history beside the live tables, compare, publish')
    .argument('<pipeline>', 'whose history')
    .addOption(new Option('--from <date>', 'only documents from this day on').argParser(dayOf))
    .addOption(new Option('--to <date>', 'only documents up to this day, itself included').argParser(dayOf))
    .addOption(
      new Option('--columns <names>', 'only these columns may change: every other one must come out equal').argParser(
        namesOf,
      ),
    )
    .addOption(new Option('--expect <names>', 'columns in which differences are expected').argParser(namesOf))
    .addOption(
      new Option('--tolerance <column=n,...>', 'number columns in which differences up to n are expected').argParser(
        tolerancesOf,
      ),
    )
    .addOption(
      new Option('--chunks <n>', 'into how many parts it is cut, which run side by side')
        .argParser(chunksOf)
        .default(8),
    )
    .option('--approve-automatically', 'publish whatever the comparison says, in your name')
    .addOption(byOption())
    .description(
      'Holds the trigger, reads the raw documents again in chunks that run through the same services into shadow tables, compares ' +
        'these with the live ones, and publishes all of them in one transaction if they are identical or differ as announced; otherwise it waits for ' +
        '`firn backfill approve`. Documents that arrive meanwhile wait, and are loaded right after. Follows it until it ends or waits for you; ^C leaves it to itself.',
    )
    .addHelpText(
      'after',
      examples(
        'firn backfill orders',
        'firn backfill orders --expect NET_AMOUNT,IS_MERCHANDISE',
        'firn backfill orders --from 2011-03-01 --to 2011-03-31 --tolerance GROSS_AMOUNT=0.01',
        'firn backfill orders --columns COUNTRY --chunks 16 --by ada',
        'firn backfill show A1B2C3D4 && firn backfill approve A1B2C3D4',
      ),
    )
    .action((pipeline: string, options: BackfillOptions) =>
      finish(import('../commands/backfill.ts').then((it) => it.backfill(context, pipeline, options))),
    );
};

const showVerbs = (backfill: Command, context: Context, finish: Finish): void => {
  withMost(withTarget(withCommon(backfill.command('list')), false))
    .summary('list backfills, the newest first')
    .description('Lists backfills with how each stands, the newest first.')
    .addHelpText('after', examples('firn backfill list', 'firn backfill list --json --most 5'))
    .action((_: object, command: Command) =>
      finish(
        import('../commands/show-backfill.ts').then((it) =>
          it.listBackfills(context, optionsOf(command) as CommonOptions & { most: number }),
        ),
      ),
    );
  withTarget(withCommon(backfill.command('show')), false)
    .summary('how a backfill stands, and what its comparison found')
    .argument('<id>', "the backfill's id, or its last part")
    .description(
      'Tells its steps, its chunks, who approved it and when, and what the comparison found: rows added, removed and changed, each ' +
        'column with its match rate and sums, samples, and what hangs on the tables. Keeps the same as a page in <data>/backfills/.',
    )
    .addHelpText('after', examples('firn backfill show A1B2C3D4', 'firn backfill show A1B2C3D4 --json'))
    .action((id: string, _: object, command: Command) =>
      finish(
        import('../commands/show-backfill.ts').then((it) =>
          it.showBackfill(context, id, optionsOf(command) as CommonOptions),
        ),
      ),
    );
};

const INSTRUCTIONS = {
  approve: [
    'publish what the comparison shows, in your name',
    'Publishes a backfill that waits for it. What you approve is the comparison that stands now.',
  ],
  cancel: [
    'end a backfill before it is published',
    'Live tables stay as they are, shadows are dropped, the trigger runs again unless a hand holds it.',
  ],
  rollback: [
    'take a published backfill back',
    'Brings back, in one transaction, what publishing replaced, for two weeks after it. Orders of which a newer version has been loaded since stay as they are, ' +
      'and so does what has arrived since.',
  ],
} as const;

const instructVerbs = (backfill: Command, context: Context, finish: Finish): void => {
  for (const [instruction, [summary, description]] of Object.entries(INSTRUCTIONS)) {
    withFollow(withTarget(withCommon(backfill.command(instruction)), true))
      .summary(summary)
      .argument('<id>', "the backfill's id, or its last part")
      .addOption(byOption())
      .description(description)
      .addHelpText(
        'after',
        examples(`firn backfill ${instruction} A1B2C3D4`, `firn backfill ${instruction} A1B2C3D4 --by ada`),
      )
      .action((id: string, _: object, command: Command) =>
        finish(
          import('../commands/instruct-backfill.ts').then((it) =>
            it.instructBackfill(
              context,
              id,
              instruction as keyof typeof INSTRUCTIONS,
              optionsOf(command) as InstructOptions,
            ),
          ),
        ),
      );
  }
};

// What is said before a sub-command holds for it, too, unless it is said again.
const optionsOf = (command: Command): object => {
  const above = command.parent!;
  const said = Object.entries(above.opts()).filter(([name]) => above.getOptionValueSource(name) === 'cli');
  const here = Object.entries(command.opts()).filter(([name]) => command.getOptionValueSource(name) === 'cli');
  return { ...command.opts<object>(), ...Object.fromEntries(said), ...Object.fromEntries(here) };
};

const byOption = (): Option => new Option('--by <name>', 'who you are; kept with it').default(whoami(), 'you');

const whoami = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return 'operator';
  }
};

const withFollow = (command: Command): Command =>
  command
    .option('--no-follow', 'come back as soon as it is asked for, if a stack is running')
    .addOption(
      new Option('--timeout <seconds>', 'stop following when nothing has moved for so long')
        .argParser((text) => wholeOf(text, 1, 86_400))
        .default(600),
    );
