import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { Option } from 'commander';
import { changesNothing } from './changes-nothing.ts';
import { Refusal } from './refusal.ts';
import { workOn } from './target.ts';

/** The stages that there are beside the laptop. */
export const STAGES: readonly string[] = ['dev', 'prod'];

/** What a verb may say of where it works. */
interface TargetOptions {
  readonly stage?: string | readonly string[];
  readonly connection?: string;
  readonly yes?: true;
}

/** Adds `--stage`, `--connection` and, where the verb changes something, `--yes`. */
export const withTarget = (command: Command, changes: boolean): Command =>
  withConnection(
    command.addOption(new Option('--stage <stage>', 'on dev or prod instead of the laptop').choices(STAGES)),
    changes,
  );

/** The same for a verb that has a `--stage` of its own. */
export const withConnection = (command: Command, changes: boolean): Command => {
  const targeted = command.option(
    '--connection <name>',
    "which entry of Snowflake's connections.toml; firn_<stage> unless given",
  );
  return changes ? targeted.option('--yes', 'change prod without being asked') : targeted;
};

/** Where a verb is about to work: on prod it asks first whether it may change something. */
export const chooseTarget = async (verb: Command, firn: string): Promise<void> => {
  const { stage, connection, yes } = verb.optsWithGlobals<TargetOptions>();
  const chosen = [stage ?? []].flat().find((it) => STAGES.includes(it));
  if (chosen === undefined) {
    if (connection === undefined) return;
    throw new Refusal('--connection leads to a stage on an account', {
      next: `${firn} ${verb.name()} --stage dev --connection ${connection}`,
    });
  }
  workOn({ stage: chosen as 'dev' | 'prod', ...(connection === undefined ? {} : { connection }) });
  const mayChange = verb.options.some((it) => it.long === '--yes');
  if (chosen === 'prod' && mayChange && yes !== true && !changesNothing(verb)) await confirm(verb.name());
};

const confirm = async (verb: string): Promise<void> => {
  const refusal = new Refusal(`${verb} may change prod`, { next: 'the same command with --yes' });
  if (!process.stdin.isTTY) throw refusal;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    if ((await asking.question(`${verb} may change prod. Type prod to go on: `)).trim() !== 'prod') throw refusal;
  } finally {
    asking.close();
  }
};
