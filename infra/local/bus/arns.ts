import type { Bus } from './bus.ts';

const arn = ({ region, account }: Bus, resource: string): string => `arn:aws:events:${region}:${account}:${resource}`;

/** The name of a bus in the account. */
export const busArn = (bus: Bus, name: string): string => arn(bus, `event-bus/${name}`);

/** The name of a rule in the account; rules of the default bus don't mention it. */
export const ruleArn = (bus: Bus, busName: string, rule: string): string =>
  arn(bus, busName === 'default' ? `rule/${rule}` : `rule/${busName}/${rule}`);

/** The name of an archive in the account. */
export const archiveArn = (bus: Bus, name: string): string => arn(bus, `archive/${name}`);

/** The name of a replay in the account. */
export const replayArn = (bus: Bus, name: string): string => arn(bus, `replay/${name}`);
