import { Argument } from 'commander';
import type { ContractsOptions } from '../commands/contracts.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const contractsVerb: Verb = (firn, context, finish) => {
  firn
    .command('contracts')
    .summary('check what owners have promised each other')
    .addArgument(new Argument('[what]', 'check, or accept for a service').choices(['check', 'accept']).default('check'))
    .argument('[service]', 'accept: whose owner agrees to the events that it hears, as they are now')
    .option('--json', 'one JSON document on standard output, and nothing else there')
    .description(
      'Compares every event as it is sent now with what each of its listeners has agreed to (services/<name>/expects), reads a ' +
        "recorded one of each, and compares the columns that transform, validate and load use with what extract gives. Names each break by event and path. `firn deploy` refuses on one that is its service's.",
    )
    .addHelpText('after', examples('firn contracts', 'firn contracts check --json', 'firn contracts accept load'))
    .action((what: 'check' | 'accept', service: string | undefined, options: ContractsOptions) =>
      finish(
        import('../commands/contracts.ts').then(({ acceptContracts, checkContracts }) =>
          what === 'accept' ? acceptContracts(context, service, options) : checkContracts(context, options),
        ),
      ),
    );
};
