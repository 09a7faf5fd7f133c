import { Argument, Option } from 'commander';
import { DEPLOYABLE, type DeployOptions } from '../deploy/deployable.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const deployVerb: Verb = (firn, context, finish) => {
  firn
    .command('deploy')
    .summary('build and deploy one service, or the platform, to AWS')
    .addArgument(new Argument('<part>', 'what to deploy').choices([...DEPLOYABLE]))
    .addOption(new Option('--stage <stage>', 'where to').choices(['dev', 'prod']).default('dev'))
    .option('--dry-run', 'run its tests and build its stack, check both, and deploy nothing')
    .option('--yes', 'deploy to prod without being asked')
    .option('--image <repository:tag>', 'run this image from ECR instead of a bundle (docs/image.md)')
    .option('--json', 'one JSON document on standard output, and nothing else there')
    .description(
      "Runs the part's own tests, synthesises its stack alone (a neighbour's broken code stops nothing), checks it by the rule packs " +
        'and by CloudFormation, and deploys it with the AWS profile of the environment. Nothing else is built or touched.',
    )
    .addHelpText(
      'after',
      examples(
        'firn deploy transform --dry-run',
        'firn deploy platform --stage dev',
        'AWS_PROFILE=data-prod firn deploy load --stage prod',
      ),
    )
    .action((part: string, options: DeployOptions) =>
      finish(import('../commands/deploy.ts').then(({ deploy }) => deploy(context, part, options))),
    );
};
