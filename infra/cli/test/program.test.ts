import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { nextCommand } from '../context.ts';
import { failureOf } from '../failure.ts';
import { program } from '../program.ts';
import { Refusal } from '../refusal.ts';
import { fakeTerminal } from './fake-terminal.ts';

const { terminal } = fakeTerminal();
const context = { terminal, stop: new AbortController().signal, firn: './firn' };

/** Parses a command line without doing what it says; what the parser prints is returned. */
const parse = async (args: readonly string[]) => {
  const firn = program(context, async (work) => void work.catch(() => undefined));
  let printed = '';
  for (const command of [firn, ...firn.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => void (printed += text),
      writeErr: (text) => void (printed += text),
    });
    // The work itself is tried elsewhere.
    if (command !== firn) command.action(() => undefined);
  }
  const outcome = await firn.parseAsync([...args], { from: 'user' }).then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
  return { outcome, printed, options: (name: string) => firn.commands.find((it) => it.name() === name)!.opts() };
};

describe('the command line', () => {
  it('explains each verb, with examples and the options that all share', async () => {
    const verbs = [...(await parse(['--help'])).printed.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map((it) => it[1]!);

    expect(verbs).toEqual(
      expect.arrayContaining([
        'run',
        'up',
        'ingest',
        'status',
        'batches',
        'batch',
        'replay',
        'reconcile',
        'suspend',
        'resume',
        'sql',
        'warehouse',
      ]),
    );
    for (const verb of verbs) {
      const { outcome, printed } = await parse([verb, '--help']);
      expect(outcome).toBe('commander.helpDisplayed');
      expect(printed).toContain(`Usage: firn ${verb}`);
      expect(printed).toMatch(/Examples:\n {2}firn /);
      expect(['deploy', 'new', 'contracts', 'snowflake'].includes(verb) || printed.includes('--data <dir>')).toBe(true);
      expect(printed).toContain('--json');
    }
  });

  it('paces the laptop in seconds unless told otherwise', async () => {
    const { options } = await parse(['run', 'a.ndjson']);
    expect(options('run')).toEqual({
      data: resolve('.firn'),
      notify: 'sns',
      scheduleSeconds: 1,
      threshold: 500,
      maxAge: 2,
      timeout: 120,
    });
  });

  it('takes numbers and directories', async () => {
    const { outcome, options } = await parse([
      'up',
      '--schedule-seconds',
      '10',
      '--threshold',
      '0',
      '--data',
      'd',
      '--json',
    ]);
    expect(outcome).toBe('ok');
    expect(options('up')).toEqual({
      data: resolve('d'),
      json: true,
      notify: 'sns',
      scheduleSeconds: 10,
      threshold: 0,
      maxAge: 2,
    });
  });

  it.each([
    [['run'], "missing required argument 'file'"],
    [['run', 'a', '--schedule-seconds', '0'], 'Give whole seconds from 1 to 86400'],
    [['run', 'a', '--threshold', '1.5'], 'Give a whole number from 0 to 86400'],
    [['run', 'a', '--max-age', 'soon'], 'Give whole seconds from 0 to 86400'],
    [['run', 'a', '--nope'], "unknown option '--nope'"],
    [['warehouse', '--port', '65536'], 'Give a port from 0 to 65535'],
    [['sql'], "missing required argument 'statement'"],
    [['sql', 'a', 'b'], 'too many arguments'],
    [['load'], "unknown command 'load'"],
  ])('refuses %j', async (args, words) => {
    const { outcome, printed } = await parse(args);
    expect(outcome).toMatch(/^commander\./);
    expect(printed).toContain(words);
    expect(printed).toContain('--help');
  });
});

describe('the next command', () => {
  it('names the data directory only where it is not the usual one', () => {
    expect(nextCommand(context, 'status', resolve('.firn'))).toBe('./firn status');
    expect(nextCommand(context, 'status', resolve('other/dir'))).toBe('./firn status --data other/dir');
    expect(nextCommand(context, 'status', resolve('a b'))).toBe('./firn status --data "a b"');
  });
});

describe('a failure', () => {
  it('says what is wrong and what to type next', () => {
    const failure = failureOf(new Refusal('x.ndjson: no such file', { next: 'ls .' }));
    expect(failure.text).toBe('firn: x.ndjson: no such file\n  try: ls .\n');
    expect(JSON.parse(failure.json)).toEqual({ error: { message: 'x.ndjson: no such file', next: 'ls .' } });
    expect(failure.exitCode).toBe(2);
  });

  it("keeps Snowflake's code and state", () => {
    const error = Object.assign(new Error('Object does not exist'), { code: '002003', sqlState: '42S02' });
    expect(failureOf(error).text).toBe('firn: 002003 (42S02): Object does not exist\n');
    expect(JSON.parse(failureOf(error).json)).toEqual({
      error: { message: 'Object does not exist', code: '002003', sqlState: '42S02' },
    });
    expect(failureOf(error).exitCode).toBe(1);
  });

  it('says what becomes of the work when the stack goes away', () => {
    const { text, exitCode } = failureOf(new Error('connect ECONNREFUSED 127.0.0.1:4510'));
    expect(text).toMatch(
      /^firn: the stack went away meanwhile \(connect ECONNREFUSED .* goes on at the next `firn up`/,
    );
    expect(exitCode).toBe(1);
  });

  it('is told of anything thrown', () => {
    expect(failureOf('just text')).toMatchObject({ text: 'firn: just text\n', exitCode: 1 });
  });
});
