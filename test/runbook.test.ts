import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { fakeTerminal } from '../infra/cli/test/fake-terminal.ts';
import { program } from '../infra/cli/program.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const runbook = read('docs/runbook.md');

describe('the runbook', () => {
  it('has a next action for each alarm that the stacks make, and for no other', () => {
    const code = read('shared/constructs/alarms.ts') + read('infra/platform/dashboard.ts');
    const alarms = [...code.matchAll(/\balarm\(\s*(?:'[A-Z]\w+',\s*)?'([a-z-]+)'/g)].map((it) => it[1]!);
    const chapters = [...runbook.matchAll(/^## ([a-z-]+)$/gm)].map((it) => it[1]!);

    expect(alarms.length).toBe(10);
    expect(chapters.sort()).toEqual(alarms.sort());
    for (const it of chapters) expect(runbook).toMatch(new RegExp(`^## ${it}\n\n.+\n\n1\\. `, 'm'));
  });

  it.each(['docs/runbook.md', 'docs/new-owner.md', 'CHANGELOG.md'])(
    'types commands that there are, as %s does',
    (page) => {
      const context = { terminal: fakeTerminal().terminal, stop: new AbortController().signal, firn: './firn' };
      const commands = program(context, async () => undefined).commands;
      const typed = [...read(page).matchAll(/`(?:\.\/)?firn ([a-z-]+)([^`]*)`/g)];

      for (const [, verb, rest] of typed) {
        const command = commands.find((it) => it.name() === verb);
        expect([verb, command?.name()]).toEqual([verb, verb]);
        const known = command!.options.map((it) => it.long);
        for (const [option] of rest!.matchAll(/--[a-z-]+/g)) expect(known).toContain(option);
      }
    },
  );
});
