import { setTimeout as sleep } from 'node:timers/promises';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { EventOf } from '../../../events/contract.ts';
import { CONTRACTS } from '../../../events/contracts.ts';
import { publisher } from '../../../shared/bus/publisher.ts';
import { busName } from '../../../shared/names.ts';
import type { Place } from '../attach.ts';
import { stageAtWork } from '../target.ts';
import { LOCAL_CREDENTIALS } from '../local-credentials.ts';

const POLL_MS = 200;

/** Puts operators' events on the bus, in order; resolves when the bus has accepted them all. */
export const put = async (at: Place, events: readonly EventOf<(typeof CONTRACTS)[number]>[]): Promise<void> => {
  const client =
    'bus' in at
      ? new EventBridgeClient({ endpoint: at.bus, region: at.region, credentials: LOCAL_CREDENTIALS })
      : new EventBridgeClient({});
  try {
    const outgoing = events.map((event) => ({ contract: CONTRACTS.find((it) => it.type === event.type)!, event }));
    await publisher(busName(stageAtWork()), client)(outgoing);
  } finally {
    client.destroy();
  }
};

/** What `find` finds as soon as it finds something; undefined after so many seconds, or when the user says stop. */
export const awaited = async <T>(
  find: () => Promise<T | undefined>,
  { seconds, stop }: { readonly seconds: number; readonly stop: AbortSignal },
): Promise<T | undefined> => {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const found = await find();
    if (found !== undefined || Date.now() >= until || stop.aborted) return found;
    await sleep(POLL_MS);
  }
};
