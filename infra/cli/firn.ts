import { CommanderError } from 'commander';
import { failureOf } from './failure.ts';
import { program } from './program.ts';
import { processTerminal } from './terminal.ts';

const WRONG_USAGE = 2;
const INTERRUPTED = 130;

const terminal = processTerminal();
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second one means: at once.
    if (stop.signal.aborted) process.exit(INTERRUPTED);
    stop.abort();
  });
}
// Whoever reads us may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const args = process.argv.slice(2);
const context = { terminal, stop: stop.signal, firn: process.env['FIRN_COMMAND'] ?? './firn' };
let exitCode = 0;
const firn = program(context, async (work) => void (exitCode = await work));
const commands = firn.commands.flatMap((it) => [it, ...it.commands]);
for (const command of [firn, ...commands]) command.exitOverride();

try {
  await firn.parseAsync(args, { from: 'user' });
} catch (error) {
  if (error instanceof CommanderError) exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE;
  else {
    const failure = failureOf(error);
    exitCode = failure.exitCode;
    if (args.includes('--json')) await terminal.result(`${failure.json}\n`);
    terminal.note(failure.text);
    if (process.env['FIRN_DEBUG'] && error instanceof Error) terminal.note(`${error.stack}\n`);
  }
}
// Drivers keep connections open for a next call that won't come.
process.exit(exitCode);
