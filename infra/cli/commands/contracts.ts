import { CONTRACTS } from '../../../events/contracts.ts';
import { checkEvents, sentence, unagreed } from '../../contracts/check-events.ts';
import { accept, expectations } from '../../contracts/expectations.ts';
import type { Context } from '../context.ts';
import { ROOT } from '../deploy/deployable.ts';
import { runTool } from '../deploy/run-tool.ts';
import { Refusal } from '../refusal.ts';

export interface ContractsOptions {
  readonly json?: true;
}

/** Checks what owners have promised each other, events and columns; 1 if a promise would be broken. */
export const checkContracts = async ({ terminal }: Context, { json }: ContractsOptions): Promise<number> => {
  const { TOPOLOGIES } = await import('../../local/topologies.ts');
  const { checkColumns } = await import('../../contracts/check-columns.ts');
  const agreed = expectations(ROOT);
  const events = [...checkEvents(CONTRACTS, agreed).map(sentence), ...unagreed(TOPOLOGIES, agreed)];
  const columns = checkColumns();
  const faults = [...events, ...columns];
  const lines =
    faults.length === 0
      ? [
          `All agree: ${CONTRACTS.length} events between ${TOPOLOGIES.length} services, and the columns of every pipeline`,
        ]
      : faults;
  await terminal.result(json ? `${JSON.stringify({ events, columns })}\n` : `${lines.join('\n')}\n`);
  return faults.length === 0 ? 0 : 1;
};

/** Writes down that a service agrees to the events that it hears as they are now: its owner's decision. */
export const acceptContracts = async (
  { terminal, stop }: Context,
  service: string | undefined,
  { json }: ContractsOptions,
): Promise<number> => {
  const { TOPOLOGIES } = await import('../../local/topologies.ts');
  const topology = TOPOLOGIES.find((it) => it.service === service);
  if (!topology) throw new Refusal(`accept for which service: ${TOPOLOGIES.map((it) => it.service).join(', ')}?`);
  const files = await accept(ROOT, topology.service, topology.hears);
  await runTool('oxfmt', files, { stop });
  await terminal.result(
    json
      ? `${JSON.stringify({ service, events: topology.hears })}\n`
      : `${service} agrees to ${topology.hears.join(', ')}\n`,
  );
  return 0;
};
