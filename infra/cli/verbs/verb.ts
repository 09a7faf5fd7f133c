import type { Command } from 'commander';
import type { Context } from '../context.ts';

/** A verb's work, which resolves to the exit code. */
export type Finish = (work: Promise<number>) => Promise<void>;

/** Adds a verb to the command line: its options, its help, and the code that is loaded only when it is called, so that help is quick. */
export type Verb = (firn: Command, context: Context, finish: Finish) => void;
