import { CONTRACTS } from '../../../events/contracts.ts';
import type { Contract, EventOf } from '../../../events/contract.ts';
import { toPipelineError, type PipelineError } from '../../../shared/errors.ts';
import { readMessage } from '../../../shared/lambda/reading.ts';
import { ROUTES } from '../../local/routes.ts';
import type { Stage } from '../../../shared/topology.ts';
import { TOPOLOGIES } from '../../local/topologies.ts';
import type { WarehouseOf } from './warehouses.ts';

/** An event as EventBridge delivers it. */
export interface Message {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
}

/** What came of a message: what each service that heard it said, or why it could not. */
export interface Outcome {
  readonly said: readonly (Message & { readonly by: string })[];
  readonly failures: readonly { readonly service: string; readonly error: PipelineError }[];
}

const MOST_EVENTS = 200; // of one batch: a loop would go on for ever

/** Services in this process, each at the warehouse by its own role; events stay in this process too. */
export const services = (at: {
  readonly warehouseOf: WarehouseOf;
  readonly stage: Stage;
  readonly now: () => Date;
}) => {
  const { stage, now } = at;
  const warehouses = new Map(TOPOLOGIES.map(({ service }) => [service, at.warehouseOf(service)]));

  /** One service hears one message. */
  const step = async (service: string, message: Message): Promise<Outcome> => {
    const said: (Message & { by: string })[] = [];
    const publish = async (outgoing: readonly { readonly contract: Contract; readonly event: EventOf<Contract> }[]) => {
      for (const { contract, event } of outgoing) {
        const { type, ...detail } = event;
        said.push({ by: service, source: contract.source, 'detail-type': type, detail });
      }
    };
    try {
      const routes = ROUTES[service]!({ warehouse: warehouses.get(service)!, publish, now, stage });
      await readMessage(JSON.stringify(message), routes).run();
      return { said, failures: [] };
    } catch (error) {
      return { said, failures: [{ service, error: toPipelineError(error) }] };
    }
  };

  /** The message, and everything that follows from it, one after another; ends at the first failure, or after `last` has spoken. */
  const all = async (first: Message, tell: (by: string, about: Message) => void, last?: string): Promise<Outcome> => {
    const said: (Message & { by: string })[] = [];
    const queue: Message[] = [first];
    for (let message = queue.shift(); message; message = queue.shift()) {
      const type = message['detail-type'];
      for (const { service } of TOPOLOGIES.filter((it) => it.hears.includes(type))) {
        tell(service, message);
        const outcome = await step(service, message);
        said.push(...outcome.said);
        if (outcome.failures.length > 0 || said.length > MOST_EVENTS) return { said, failures: outcome.failures };
        if (service === last && outcome.said.length > 0) return { said, failures: [] };
        queue.push(...outcome.said);
      }
    }
    return { said, failures: [] };
  };

  return { step, all };
};

/** What a service hears, in words. */
export const hears = (service: string): readonly string[] =>
  TOPOLOGIES.find((it) => it.service === service)!.hears.filter((it) => CONTRACTS.some(({ type }) => type === it));
