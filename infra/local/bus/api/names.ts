import type { Bus } from '../bus.ts';
import { notFound } from '../errors.ts';
import { optionalText } from './input.ts';
import type { Input } from './input.ts';

/** What EventBridge lets names of rules, targets, archives and replays be made of. */
export const NAME = /^[.\-_A-Za-z0-9]+$/;

/** The short name of a bus that may be given as an ARN. */
export const busNameOf = (nameOrArn: string): string =>
  /^arn:[^:]+:events:[^:]*:[^:]*:event-bus\/(.+)$/.exec(nameOrArn)?.[1] ?? nameOrArn;

/** Whether there is such a bus. */
export const busExists = ({ store }: Bus, name: string): boolean =>
  store.get('SELECT 1 FROM buses WHERE name = ?', name) !== undefined;

/** The bus that a call means, `default` unless it says so; refused when there is none. */
export const theBus = (bus: Bus, input: Input, member = 'EventBusName'): string => {
  const name = busNameOf(optionalText(input, member, { min: 1, max: 1600 }) ?? 'default');
  return busExists(bus, name) ? name : notFound(`Event bus ${name} does not exist.`);
};
