import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Notify } from '../local/stack.types.ts';
import { sinceOf } from './since.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly data: string;
  readonly json?: true;
}

/** The pace of the laptop's tasks, in seconds. */
export interface PaceOptions {
  readonly scheduleSeconds: number;
  readonly threshold: number;
  readonly maxAge: number;
  readonly notify: Notify;
}

const LARGEST = 86_400;

const wholeNumber =
  (smallest: number, what: string, largest = LARGEST) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < smallest || value > largest)
      throw new InvalidArgumentError(`Give ${what} from ${smallest} to ${largest}.`);
    return value;
  };

/** Adds `--data` and `--json`. */
export const withCommon = (command: Command): Command =>
  command
    .option('--data <dir>', 'where the stack keeps its state', (text: string) => resolve(text), resolve('.firn'))
    .option('--json', 'one JSON document on standard output, and nothing else there');

/** Adds the flags that set schedules and thresholds. */
export const withPace = (command: Command): Command =>
  command
    .addOption(
      new Option('--schedule-seconds <n>', 'how often TASK1 and TASK2 run')
        .argParser(wholeNumber(1, 'whole seconds'))
        .default(1),
    )
    .addOption(
      new Option('--threshold <rows>', 'TASK2 starts a batch when more documents than this wait …')
        .argParser(wholeNumber(0, 'a whole number'))
        .default(500),
    )
    .addOption(
      new Option('--max-age <seconds>', '… or when the oldest has waited this long')
        .argParser(wholeNumber(0, 'whole seconds'))
        .default(2),
    )
    .addOption(
      new Option('--notify <way>', 'how Snowflake tells of a claim: by SNS, or by an external function through the API')
        .choices(['sns', 'external-function'])
        .default('sns'),
    );

/** Adds `--port`. */
export const withPort = (command: Command): Command =>
  command.addOption(
    new Option('--port <n>', 'where to listen on 127.0.0.1; 0 takes any free port')
      .argParser(wholeNumber(0, 'a port', 65_535))
      .default(4510),
  );

/** Adds `--late-commits`. */
export const withLateCommits = (command: Command): Command =>
  command.addOption(
    new Option('--late-commits <ms>', "let sessions see others' commits up to so much later, as Snowflake may")
      .argParser(wholeNumber(0, 'milliseconds'))
      .default(0),
  );

/** Adds `--since`. */
export const withSince = (command: Command): Command =>
  command.addOption(
    new Option('--since <when>', 'that moved since then: 45m, 2h, 7d or a date').argParser((text) =>
      sinceOf(text, new Date()),
    ),
  );

/** Adds `--most`. */
export const withMost = (command: Command, most = 50): Command =>
  command.addOption(
    new Option('--most <n>', 'so many at most').argParser(wholeNumber(1, 'a whole number', 100_000)).default(most),
  );

/** Adds `--rate`. */
export const withRate = (command: Command): Command =>
  command.addOption(
    new Option('--rate <n>', 'many: so many a second at most')
      .argParser(wholeNumber(1, 'a whole number', 1000))
      .default(10),
  );

/** The pace of a stack that is started only to carry out one command. */
export const PACE = { scheduleSeconds: 1, thresholdRows: 500, maxAgeSeconds: 2 };

/** Adds `--timeout`. */
export const withTimeout = (command: Command): Command =>
  command.addOption(
    new Option('--timeout <seconds>', 'give up when nothing has moved for so long')
      .argParser(wholeNumber(1, 'whole seconds'))
      .default(120),
  );

export const paceOf = ({ scheduleSeconds, threshold, maxAge }: PaceOptions) => ({
  scheduleSeconds,
  thresholdRows: threshold,
  maxAgeSeconds: maxAge,
});
