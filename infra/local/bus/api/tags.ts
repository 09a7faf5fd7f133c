import type { Bus } from '../bus.ts';
import { notFound } from '../errors.ts';
import { objects, optionalTexts, requiredText } from './input.ts';
import type { Input } from './input.ts';
import { busExists } from './names.ts';

const KEY = { min: 1, max: 128 };
const VALUE = { max: 256 };
const MAX_TAGS = 200;

/** Puts the tags of a call on a resource. */
export const putTags = ({ store }: Bus, arn: string, input: Input): void => {
  if ((input['Tags'] ?? undefined) === undefined) return;
  for (const tag of objects(input, 'Tags', 0, MAX_TAGS)) {
    const [key, value] = [requiredText(tag, 'Key', KEY), requiredText(tag, 'Value', VALUE)];
    store.run('INSERT OR REPLACE INTO tags (arn, key, value) VALUES (?, ?, ?)', arn, key, value);
  }
};

/** Forgets the tags of a resource that is gone. */
export const dropTags = ({ store }: Bus, arn: string): void => void store.run('DELETE FROM tags WHERE arn = ?', arn);

const resource = (bus: Bus, input: Input): string => {
  const arn = requiredText(input, 'ResourceARN', { min: 1, max: 1600 });
  const [, kind = '', rest = ''] = /:(rule|event-bus)\/(.+)$/.exec(arn) ?? [];
  if (kind === 'event-bus' && busExists(bus, rest)) return arn;
  if (kind === 'event-bus') return notFound(`Event bus ${rest} does not exist.`);
  const slash = rest.lastIndexOf('/');
  const [busName, rule] = slash < 0 ? ['default', rest] : [rest.slice(0, slash), rest.slice(slash + 1)];
  const known = bus.store.get('SELECT 1 FROM rules WHERE bus = ? AND name = ?', busName, rule);
  return known ? arn : notFound(`Rule ${rule} does not exist on EventBus ${busName}.`);
};

export const tagResource = (bus: Bus, input: Input): object => {
  putTags(bus, resource(bus, input), input);
  return {};
};

export const untagResource = (bus: Bus, input: Input): object => {
  const arn = resource(bus, input);
  for (const key of optionalTexts(input, 'TagKeys') ?? []) {
    bus.store.run('DELETE FROM tags WHERE arn = ? AND key = ?', arn, key);
  }
  return {};
};

export const listTagsForResource = (bus: Bus, input: Input): object => ({
  Tags: bus.store.all('SELECT key AS Key, value AS Value FROM tags WHERE arn = ? ORDER BY key', resource(bus, input)),
});
