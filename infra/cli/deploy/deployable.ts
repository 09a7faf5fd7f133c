import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** What has a stack of its own, each with one owner; found by its file, since importing a neighbour's code could fail. */
export const DEPLOYABLE: readonly string[] = [
  'platform',
  ...readdirSync(join(ROOT, 'services'))
    .filter((it) => existsSync(join(ROOT, 'services', it, 'stack.ts')))
    .sort(),
];

export interface DeployOptions {
  readonly stage: 'dev' | 'prod';
  readonly dryRun?: true;
  readonly yes?: true;
  readonly image?: string;
  readonly json?: true;
}

/** One part as CDK and Jest take it: the app that synthesises it alone, the stack's name, and where its own tests lie. */
export const partOf = (part: string, stage: string) => ({
  app: `node ${part === 'platform' ? 'infra/platform.ts' : `services/${part}/stack.ts`}`,
  stack: `firn-${stage}-${part}`,
  tests: part === 'platform' ? 'infra/platform/' : `services/${part}/`,
});
