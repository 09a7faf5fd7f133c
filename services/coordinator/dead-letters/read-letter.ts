import * as z from 'zod';
import { Envelope } from '../../../events/contract.ts';
import type { PipelineError } from '../../../shared/errors.ts';
import type { DeadLetter } from '../../../shared/bus/dead-letters.ts';

const Delivery = z.object({ 'detail-type': z.string().max(200), detail: z.unknown() });

/** A dead letter as far as it can be read: the event in it, if it is one, and why it was given up. */
export interface ReadLetter {
  readonly type: string | null;
  readonly envelope: Envelope | null;
  readonly kind: PipelineError['kind'];
  readonly reason: string;
}

/** Reads any text at all; what is no event has no type, what names no batch has no envelope. */
export const readLetter = ({ body, undelivered }: DeadLetter): ReadLetter => {
  const json = parseJson(body);
  const delivery = Delivery.safeParse(json);
  if (!delivery.success) {
    const reason = json === undefined ? 'the message is no JSON' : 'the message is no event';
    return { type: null, envelope: null, kind: 'BadMessage', reason };
  }
  const { 'detail-type': type, detail } = delivery.data;
  const envelope = Envelope.safeParse(detail);
  return {
    type,
    envelope: envelope.success ? envelope.data : null,
    ...(undelivered === undefined
      ? {
          kind: 'Defect' as const,
          reason: 'received as often as the queue allows, and never finished: see what the service logged',
        }
      : { kind: 'RetryLater' as const, reason: `the bus could not deliver it: ${undelivered.slice(0, 500)}` }),
  };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
