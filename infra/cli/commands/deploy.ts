import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { partOf, ROOT, type DeployOptions } from '../deploy/deployable.ts';
import { runTool } from '../deploy/run-tool.ts';
import { resourceCounts } from '../deploy/stack-summary.ts';
import { Refusal } from '../refusal.ts';
import { CONTRACTS } from '../../../events/contracts.ts';
import { checkEvents, sentence } from '../../contracts/check-events.ts';
import { expectations } from '../../contracts/expectations.ts';

/** Tests, builds and checks one part alone, and deploys it unless it is a dry run; a step that fails ends it with what the tool said. */
export const deploy = async (context: Context, name: string, options: DeployOptions): Promise<number> => {
  const { terminal, stop } = context;
  const { stage } = options;
  const part = partOf(name, stage);
  if (stage === 'prod' && !options.dryRun && !options.yes)
    throw new Refusal(`this would change ${part.stack}`, { next: `${context.firn} deploy ${name} --stage prod --yes` });
  if (options.image !== undefined && name === 'platform')
    throw new Refusal('the platform runs no code: --image is for services');
  await refuseBreaks(context, name);
  const assembly = await mkdtemp(join(tmpdir(), 'firn-deploy-'));
  const step = async (what: string, tool: string, args: readonly string[]): Promise<void> => {
    terminal.note(`${what}\n`);
    const { code, output } = await runTool(tool, args, { stop, env: { CDK_DISABLE_CLI_TELEMETRY: '1' } });
    if (code !== 0) throw new Refusal(`${what} failed:\n${output.trimEnd()}`, { exitCode: 1 });
  };
  try {
    await step(`Tests of ${name}`, 'npm', ['run', '--silent', 'jest', '--', part.tests]);
    const synth = [
      'synth',
      part.stack,
      '--quiet',
      '--app',
      part.app,
      '--context',
      `stage=${stage}`,
      ...(options.image === undefined ? [] : ['--context', `image=${options.image}`]),
    ];
    await step(`Build and check ${part.stack}`, 'cdk', [...synth, '--output', assembly]);
    const template = JSON.parse(await readFile(join(assembly, `${part.stack}.template.json`), 'utf8')) as Parameters<
      typeof resourceCounts
    >[0];
    const resources = resourceCounts(template);
    if (!options.dryRun)
      await step(`Deploy ${part.stack}`, 'cdk', [
        'deploy',
        part.stack,
        '--app',
        assembly,
        '--require-approval',
        'never',
      ]);
    const report = {
      part: name,
      stage,
      stack: part.stack,
      isDeployed: !options.dryRun,
      resources: Object.fromEntries(resources),
    };
    const lines = [
      `${part.stack}: ${options.dryRun ? 'would be deployed' : 'deployed'}, ${Object.keys(template.Resources).length} resources`,
      ...resources.map(([type, count]) => `${String(count).padStart(4)}  ${type}`),
    ];
    await terminal.result(options.json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
    return 0;
  } finally {
    await rm(assembly, { recursive: true, force: true });
  }
};

// What neighbours expect is read as data, so that none of their code has to load; columns are compared where it does.
const refuseBreaks = async ({ terminal }: Context, name: string): Promise<void> => {
  const columns = await import('../../contracts/check-columns.ts').then(
    ({ checkColumns }) => checkColumns().filter((it) => it.includes(`services/${name}/`)),
    () => {
      terminal.note("Columns are not compared: a neighbour's definitions can't be loaded\n");
      return [];
    },
  );
  const breaks = [...checkEvents(CONTRACTS, expectations(ROOT), name).map(sentence), ...columns];
  if (breaks.length > 0)
    throw new Refusal(`this would break what ${name} and its neighbours have agreed on:\n${breaks.join('\n')}`, {
      next: 'firn contracts',
      exitCode: 1,
    });
};
