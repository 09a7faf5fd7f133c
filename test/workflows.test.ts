import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { program } from '../infra/cli/program.ts';
import { DEPLOYABLE } from '../infra/cli/deploy/deployable.ts';
import { fakeTerminal } from '../infra/cli/test/fake-terminal.ts';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<
    Record<string, { readonly paths?: readonly string[]; readonly branches?: readonly string[] } | null>
  >;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = new URL('../.github/workflows/', import.meta.url);
const text = (file: string): string => readFileSync(new URL(file, folder), 'utf8');
const files = readdirSync(folder);
const workflow = (file: string): Workflow => parse(text(file)) as Workflow;
const jobsOf = (file: string): readonly Job[] => Object.values(workflow(file).jobs);
const stepsOf = (file: string): readonly Step[] => jobsOf(file).flatMap((it) => it.steps ?? []);

describe.each(files)('%s', (file) => {
  it('runs foreign code at one commit only, and says which version that is', () => {
    const foreign = text(file)
      .split('\n')
      .filter((it) => /\buses: (?!\.\/)/.test(it));

    for (const line of foreign) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('calls workflows that exist', () => {
    const called = jobsOf(file).flatMap((it) => (it.uses ? [it.uses.replace('./.github/workflows/', '')] : []));

    for (const it of called) expect(files).toContain(it);
  });

  it('may read this repository, and asks for an identity only to deploy', () => {
    expect(workflow(file).permissions).toEqual({ contents: 'read' });
    for (const job of jobsOf(file))
      expect([undefined, ...(file.startsWith('deploy') ? ['write'] : [])]).toContain(job.permissions?.['id-token']);
  });

  it('knows no stored keys, and lets no foreign pull request near any', () => {
    expect(text(file)).not.toMatch(/secrets\.|aws-access-key|pull_request_target/);
  });

  it('puts nothing that others write into a shell, and ends some day', () => {
    for (const { run } of stepsOf(file)) expect(run ?? '').not.toContain('${{');
    for (const job of jobsOf(file)) expect(job.uses !== undefined || (job['timeout-minutes'] ?? 999) <= 60).toBe(true);
  });

  it('types commands that there are', () => {
    const { terminal } = fakeTerminal();
    const context = { terminal, stop: new AbortController().signal, firn: './firn' };
    const verbs = program(context, async () => undefined).commands.map((it) => it.name());
    const typed = stepsOf(file).flatMap(({ run }) =>
      [...(run ?? '').matchAll(/\.\/firn ([a-z-]+)/g)].map((it) => it[1]!),
    );

    for (const it of typed) expect(verbs).toContain(it);
  });
});

describe('each part that deploys alone', () => {
  it('has a workflow of its own', () => {
    const own = files.flatMap((it) => /^deploy-(.+)\.yml$/.exec(it)?.[1] ?? []);

    expect(own.sort()).toEqual([...DEPLOYABLE].sort());
  });

  it.each(DEPLOYABLE)('%s goes to dev from main when its slice or what it stands on changes', (part) => {
    const { on, jobs } = workflow(`deploy-${part}.yml`);
    const slice = part === 'platform' ? ['infra/platform/**', 'infra/platform.ts'] : [`services/${part}/**`];

    expect(on['push']).toEqual({
      branches: ['main'],
      paths: [...slice, 'events/**', 'shared/**', 'package-lock.json'],
    });
    expect(jobs['dev']).toMatchObject({ uses: './.github/workflows/deploy.yml', with: { part, stage: 'dev' } });
  });

  it.each(DEPLOYABLE)('%s goes to prod by a release of its own, after dev', (part) => {
    const { on, jobs } = workflow(`deploy-${part}.yml`);

    expect(on['release']).toEqual({ types: ['published'] });
    expect(jobs['dev']!.if).toBe(
      `github.event_name != 'release' || startsWith(github.event.release.tag_name, '${part}-')`,
    );
    expect(jobs['prod']).toMatchObject({
      if: "github.event_name == 'release'",
      needs: 'dev',
      with: { part, stage: 'prod' },
    });
  });

  it("waits in its stage's environment, where prod is approved, and never cancels a deploy half way", () => {
    const [job] = jobsOf('deploy.yml') as readonly (Job & { concurrency: unknown })[];

    expect(job!.environment).toBe('${{ inputs.stage }}');
    expect(job!.concurrency).toEqual({
      group: 'deploy-${{ inputs.part }}-${{ inputs.stage }}',
      'cancel-in-progress': false,
    });
  });

  it('has an owner', () => {
    const owners = readFileSync(new URL('../CODEOWNERS', folder), 'utf8');

    for (const part of DEPLOYABLE.filter((it) => it !== 'platform'))
      expect(owners).toMatch(new RegExp(`^/services/${part}/ +@\\S+$`, 'm'));
  });
});
