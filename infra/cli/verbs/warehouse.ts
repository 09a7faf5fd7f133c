import type { WarehouseOptions } from '../commands/warehouse.ts';
import { withCommon, withLateCommits, withPort } from '../options.ts';
import { examples } from './examples.ts';
import type { Verb } from './verb.ts';

export const warehouseVerb: Verb = (firn, context, finish) => {
  withLateCommits(withPort(withCommon(firn.command('warehouse'))))
    .summary('keep the warehouse alone running, for other projects')
    .description(
      'Starts nothing but the warehouse, on the same files as the stack, and prints the address that snowflake-sdk takes as ' +
        '`accessUrl`. Any account, user and password get in until users are created in it. ^C stops it.',
    )
    .addHelpText('after', examples('firn warehouse', 'firn warehouse --port 0 --data /tmp/tests --json'))
    .action((options: WarehouseOptions) =>
      finish(import('../commands/warehouse.ts').then(({ warehouse }) => warehouse(context, options))),
    );
};
