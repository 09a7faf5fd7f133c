import { busArn } from '../arns.ts';
import type { Bus } from '../bus.ts';
import { BusError, invalid, notFound } from '../errors.ts';
import { onlyKnows, optionalText, requiredText } from './input.ts';
import type { Input } from './input.ts';
import { busExists, busNameOf } from './names.ts';
import { page } from './page.ts';
import { dropTags, putTags } from './tags.ts';

const NAME = { min: 1, max: 256, pattern: /^[/.\-_A-Za-z0-9]+$/ };

type Row = { name: string; description: string | null; created: number; modified: number };

const shown = (bus: Bus, row: Row): object => ({
  Name: row.name,
  Arn: busArn(bus, row.name),
  Description: row.description ?? undefined,
  CreationTime: row.created / 1000,
  LastModifiedTime: row.modified / 1000,
});

/** Makes sure of a bus, without a word if it is there. */
export const ensureBus = ({ store, now }: Bus, name: string, description?: string): void => {
  store.run(
    'INSERT OR IGNORE INTO buses (name, description, created, modified) VALUES (?, ?, ?, ?)',
    name,
    description ?? null,
    now(),
    now(),
  );
};

export const createEventBus = (bus: Bus, input: Input): object => {
  onlyKnows(input, ['Name', 'Description', 'Tags']);
  const name = requiredText(input, 'Name', NAME);
  const description = optionalText(input, 'Description', { max: 512 });
  if (busExists(bus, name)) throw new BusError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
  ensureBus(bus, name, description);
  putTags(bus, busArn(bus, name), input);
  return { EventBusArn: busArn(bus, name), Description: description };
};

export const describeEventBus = (bus: Bus, input: Input): object => {
  const name = busNameOf(optionalText(input, 'Name', { min: 1, max: 1600 }) ?? 'default');
  const row = bus.store.get<Row>('SELECT * FROM buses WHERE name = ?', name);
  return row ? shown(bus, row) : notFound(`Event bus ${name} does not exist.`);
};

export const listEventBuses = (bus: Bus, input: Input): object => {
  const prefix = optionalText(input, 'NamePrefix', NAME) ?? '';
  const { rows, NextToken } = page<Row>(
    input,
    (row) => row.name,
    (after, limit) =>
      bus.store.all(
        'SELECT * FROM buses WHERE name > ? AND substr(name, 1, length(?)) = ? ORDER BY name LIMIT ?',
        after,
        prefix,
        prefix,
        limit,
      ),
  );
  return { EventBuses: rows.map((row) => shown(bus, row)), NextToken };
};

export const deleteEventBus = (bus: Bus, input: Input): object => {
  const name = busNameOf(requiredText(input, 'Name', { min: 1, max: 1600 }));
  if (name === 'default') return invalid('Cannot delete event bus default.');
  if (bus.store.get('SELECT 1 FROM rules WHERE bus = ?', name)) {
    return invalid(`Event bus ${name} can't be deleted since it has rules.`);
  }
  bus.store.run('DELETE FROM buses WHERE name = ?', name);
  dropTags(bus, busArn(bus, name));
  return {};
};
