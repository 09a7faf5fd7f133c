import { read, type Contract, type EventOf } from '../../events/contract.ts';
import type { Publish } from '../bus/publisher.ts';

/** A bus that keeps what it accepted, in order, as the next service would read it. */
export interface FakeBus {
  readonly publish: Publish;
  readonly events: readonly EventOf<Contract>[];
  /** Makes the next request fail with this error; nothing of it is accepted. */
  refuseOnce(error: Error): void;
}

/** A fake bus; like the real publisher it takes no event that breaks its contract. */
export const fakeBus = (): FakeBus => {
  const events: EventOf<Contract>[] = [];
  const refusals: Error[] = [];
  return {
    events,
    refuseOnce: (error) => void refusals.push(error),
    async publish(outgoing) {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      events.push(
        ...outgoing.map(({ contract, event: { type, ...detail } }) => {
          if (type !== contract.type)
            throw new TypeError(`an event of type ${type} under the contract ${contract.type}`);
          return read(contract, JSON.parse(JSON.stringify(detail)));
        }),
      );
    },
  };
};
