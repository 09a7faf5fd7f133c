import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { Contract, EventOf } from '../../events/contract.ts';
import { Defect, RetryLater } from '../errors.ts';

/** An event together with the contract it was made by. */
export interface Outgoing<C extends Contract = Contract> {
  readonly contract: C;
  readonly event: EventOf<C>;
}

/** Resolves once the bus has accepted every event; otherwise rejects, and some may have been accepted. */
export type Publish = (outgoing: readonly Outgoing[]) => Promise<void>;

const MAX_ENTRIES = 10; // PutEvents takes no more
const REFUSED_FOR_GOOD = new Set(['MalformedDetail', 'InvalidArgument', 'NotAuthorizedForDetailTypeException']);

const entryOf = (busName: string, { contract, event }: Outgoing): PutEventsRequestEntry => {
  const { type, ...detail } = event;
  return {
    EventBusName: busName,
    Source: contract.source,
    DetailType: type,
    Time: new Date(event.time),
    Detail: JSON.stringify(contract.detail.parse(detail)),
  };
};

const refusal = (entries: readonly PutEventsResultEntry[]): Error | undefined => {
  const refused = entries.filter((entry) => entry.ErrorCode !== undefined);
  if (refused.length === 0) return undefined;
  const codes = [...new Set(refused.map((entry) => `${entry.ErrorCode}: ${entry.ErrorMessage}`))].join('; ');
  const message = `the bus refused ${refused.length} of ${entries.length} events (${codes})`;
  return refused.some((entry) => REFUSED_FOR_GOOD.has(entry.ErrorCode!))
    ? new Defect(message)
    : new RetryLater(message);
};

/** Publishes to one EventBridge bus, ten entries a request, and checks the answer for each. */
export const publisher =
  (busName: string, client = new EventBridgeClient({})): Publish =>
  async (outgoing) => {
    for (let from = 0; from < outgoing.length; from += MAX_ENTRIES) {
      const entries = outgoing.slice(from, from + MAX_ENTRIES).map((it) => entryOf(busName, it));
      const response = await client.send(new PutEventsCommand({ Entries: entries })).catch((error: unknown) => {
        throw new RetryLater(`the bus ${busName} did not answer: ${String(error)}`, {}, { cause: error });
      });
      const refused = refusal(response.Entries ?? []);
      if (refused) throw refused;
      if ((response.FailedEntryCount ?? 0) > 0)
        throw new RetryLater(`the bus refused ${response.FailedEntryCount} events`);
    }
  };
