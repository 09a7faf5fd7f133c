import * as z from 'zod';
import type { Contract } from '../../events/contract.ts';
import type { Expectation } from './expectations.ts';
import { schemaBreaks, type Schema } from './schema-breaks.ts';

/** One promise between two owners that the events as they are now would break. */
export interface Break {
  readonly producer: string;
  readonly consumer: string;
  readonly event: string;
  readonly what: string;
}

/** Compares what is sent now with what each listener has agreed to, and what is in flight with what each can read now. */
export const checkEvents = (
  contracts: readonly Contract[],
  agreed: readonly Expectation[],
  only?: string,
): readonly Break[] =>
  agreed.flatMap(({ service, type, schema, recorded }) => {
    const contract = contracts.find((it) => it.type === type);
    const breaks = contract
      ? [...schemaBreaks(schema, z.toJSONSchema(contract.detail) as Schema), ...unreadable(contract, recorded)]
      : ['there is no such event any more'];
    // Whose the event is stays known when its contract is gone: nobody else's deploy has to wait for it.
    const producer = contract?.producer ?? 'nobody';
    return only === undefined || [producer, service].includes(only)
      ? breaks.map((what) => ({ producer, consumer: service, event: type, what }))
      : [];
  });

/** Events that services hear without having agreed to them. */
export const unagreed = (
  topologies: readonly { readonly service: string; readonly hears: readonly string[] }[],
  agreed: readonly Expectation[],
): readonly string[] =>
  topologies.flatMap(({ service, hears }) => {
    const known = agreed.filter((it) => it.service === service).map((it) => it.type);
    return [
      ...hears
        .filter((it) => !known.includes(it))
        .map((it) => `${service} hears ${it} and has never agreed to it: firn contracts accept ${service}`),
      ...known
        .filter((it) => !hears.includes(it))
        .map((it) => `${service} has agreed to ${it} and hears it no more: firn contracts accept ${service}`),
    ];
  });

const unreadable = (contract: Contract, recorded: unknown): readonly string[] =>
  (contract.detail.safeParse(recorded).error?.issues ?? []).map(
    (it) => `${it.path.join('.')} of an event in flight can't be read: ${it.message}`,
  );

/** A break as a sentence. */
export const sentence = ({ producer, consumer, event, what }: Break): string =>
  `${event} (${producer} to ${consumer}): ${what}`;
