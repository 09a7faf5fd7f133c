import { archiveArn, busArn } from '../arns.ts';
import type { Bus } from '../bus.ts';
import { expire } from '../delivery/archive.ts';
import { BusError, invalid, notFound } from '../errors.ts';
import type { ArchiveRow } from '../store/rows.ts';
import { onlyKnows, optionalNumber, optionalText, requiredText } from './input.ts';
import type { Input } from './input.ts';
import { busNameOf, NAME, theBus } from './names.ts';
import { page } from './page.ts';
import { checkedPattern, PATTERN } from './pattern-check.ts';

const ARCHIVE_NAME = { min: 1, max: 48, pattern: NAME };
const MAX_DAYS = 2 ** 31 - 1;

const optionsOf = (input: Input) => {
  const pattern = optionalText(input, 'EventPattern', PATTERN);
  if (pattern !== undefined) checkedPattern(pattern);
  return {
    pattern,
    description: optionalText(input, 'Description', { max: 512 }),
    retentionDays: optionalNumber(input, 'RetentionDays', 0, MAX_DAYS),
  };
};

const found = (bus: Bus, input: Input): ArchiveRow => {
  const name = requiredText(input, 'ArchiveName', ARCHIVE_NAME);
  const row = bus.store.get<ArchiveRow>('SELECT * FROM archives WHERE name = ?', name);
  return row ?? notFound(`Archive ${name} does not exist.`);
};

const summary = (bus: Bus, row: ArchiveRow): object => {
  expire(bus, row.name, row.retentionDays);
  const { count, size } = bus.store.get<{ count: number; size: number }>(
    'SELECT count(*) AS count, coalesce(sum(size), 0) AS size FROM archived WHERE archive = ?',
    row.name,
  )!;
  return {
    ArchiveName: row.name,
    EventSourceArn: busArn(bus, row.bus),
    State: 'ENABLED',
    RetentionDays: row.retentionDays,
    EventCount: count,
    SizeBytes: size,
    CreationTime: row.created / 1000,
  };
};

const created = (bus: Bus, row: { name: string; created: number }): object => ({
  ArchiveArn: archiveArn(bus, row.name),
  State: 'ENABLED',
  CreationTime: row.created / 1000,
});

export const createArchive = (bus: Bus, input: Input): object => {
  onlyKnows(input, ['ArchiveName', 'EventSourceArn', 'Description', 'EventPattern', 'RetentionDays']);
  const name = requiredText(input, 'ArchiveName', ARCHIVE_NAME);
  const { pattern, description, retentionDays = 0 } = optionsOf(input);
  requiredText(input, 'EventSourceArn', { min: 1, max: 1600 });
  const busName = theBus(bus, input, 'EventSourceArn');
  if (bus.store.get('SELECT 1 FROM archives WHERE name = ?', name)) {
    throw new BusError('ResourceAlreadyExistsException', `Archive ${name} already exists.`);
  }
  const now = bus.now();
  bus.store.run(
    'INSERT INTO archives (name, bus, pattern, description, retentionDays, created) VALUES (?, ?, ?, ?, ?, ?)',
    name,
    busName,
    pattern ?? null,
    description ?? null,
    retentionDays,
    now,
  );
  return created(bus, { name, created: now });
};

export const updateArchive = (bus: Bus, input: Input): object => {
  onlyKnows(input, ['ArchiveName', 'Description', 'EventPattern', 'RetentionDays']);
  const { pattern, description, retentionDays } = optionsOf(input);
  if (pattern === undefined && description === undefined && retentionDays === undefined) {
    return invalid('At least one of EventPattern, RetentionDays or Description must be provided.');
  }
  const row = found(bus, input);
  bus.store.run(
    'UPDATE archives SET pattern = ?, description = ?, retentionDays = ? WHERE name = ?',
    pattern ?? row.pattern,
    description ?? row.description,
    retentionDays ?? row.retentionDays,
    row.name,
  );
  return created(bus, row);
};

export const describeArchive = (bus: Bus, input: Input): object => {
  const row = found(bus, input);
  return {
    ...summary(bus, row),
    ArchiveArn: archiveArn(bus, row.name),
    Description: row.description ?? undefined,
    EventPattern: row.pattern ?? undefined,
  };
};

export const listArchives = (bus: Bus, input: Input): object => {
  const prefix = optionalText(input, 'NamePrefix', ARCHIVE_NAME) ?? '';
  const source = optionalText(input, 'EventSourceArn', { min: 1, max: 1600 });
  const busName = source === undefined ? null : busNameOf(theBus(bus, input, 'EventSourceArn'));
  const { rows, NextToken } = page<ArchiveRow>(
    input,
    (row) => row.name,
    (after, limit) =>
      bus.store.all(
        'SELECT * FROM archives WHERE name > ? AND substr(name, 1, length(?)) = ? AND bus = coalesce(?, bus) ORDER BY name LIMIT ?',
        after,
        prefix,
        prefix,
        busName,
        limit,
      ),
  );
  return { Archives: rows.map((row) => summary(bus, row)), NextToken };
};

export const deleteArchive = (bus: Bus, input: Input): object => {
  const { name } = found(bus, input);
  bus.store.transaction(() => {
    bus.store.run('DELETE FROM archived WHERE archive = ?', name);
    bus.store.run('DELETE FROM archives WHERE name = ?', name);
  });
  return {};
};
