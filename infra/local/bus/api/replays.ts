import { archiveArn, busArn, replayArn } from '../arns.ts';
import type { Bus } from '../bus.ts';
import { continueReplay } from '../delivery/replay.ts';
import { BusError, invalid, notFound, overLimit } from '../errors.ts';
import type { ReplayRow } from '../store/rows.ts';
import { onlyKnows, optionalObject, optionalText, optionalTexts, requiredText, requiredTime } from './input.ts';
import type { Input } from './input.ts';
import { NAME, theBus } from './names.ts';
import { page } from './page.ts';

const REPLAY_NAME = { min: 1, max: 64, pattern: NAME };
const MAX_ACTIVE = 10;
const ACTIVE = "state IN ('STARTING', 'RUNNING')";

const seconds = (time: number | null): number | undefined => (time === null ? undefined : time / 1000);

const summary = (bus: Bus, row: ReplayRow): object => ({
  ReplayName: row.name,
  EventSourceArn: archiveArn(bus, row.archive),
  State: row.state,
  EventStartTime: seconds(row.eventStart),
  EventEndTime: seconds(row.eventEnd),
  EventLastReplayedTime: seconds(row.lastTime),
  ReplayStartTime: seconds(row.started),
  ReplayEndTime: seconds(row.ended),
});

const found = (bus: Bus, input: Input): ReplayRow => {
  const name = requiredText(input, 'ReplayName', REPLAY_NAME);
  const row = bus.store.get<ReplayRow>('SELECT * FROM replays WHERE name = ?', name);
  return row ?? notFound(`Replay ${name} does not exist.`);
};

const archiveOf = (bus: Bus, input: Input): { name: string; bus: string } => {
  const arn = requiredText(input, 'EventSourceArn', { min: 1, max: 1600 });
  const name = /:archive\/(.+)$/.exec(arn)?.[1] ?? arn;
  const archive = bus.store.get<{ name: string; bus: string }>('SELECT name, bus FROM archives WHERE name = ?', name);
  return archive ?? invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${name} does not exist.`);
};

export const startReplay = (bus: Bus, input: Input): object => {
  onlyKnows(input, ['ReplayName', 'Description', 'EventSourceArn', 'EventStartTime', 'EventEndTime', 'Destination']);
  const name = requiredText(input, 'ReplayName', REPLAY_NAME);
  const description = optionalText(input, 'Description', { max: 512 });
  const [start, end] = [requiredTime(input, 'EventStartTime'), requiredTime(input, 'EventEndTime')];
  const destination = optionalObject(input, 'Destination') ?? {};
  requiredText(destination, 'Arn', { min: 1, max: 1600 }, 'destination.arn');
  const busName = theBus(bus, destination, 'Arn');
  const archive = archiveOf(bus, input);
  if (archive.bus !== busName) {
    return invalid('Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.');
  }
  if (start >= end) {
    return invalid('Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.');
  }
  if (bus.store.get('SELECT 1 FROM replays WHERE name = ?', name)) {
    throw new BusError('ResourceAlreadyExistsException', `Replay ${name} already exists.`);
  }
  if (bus.store.get<{ n: number }>(`SELECT count(*) AS n FROM replays WHERE ${ACTIVE}`)!.n >= MAX_ACTIVE) {
    return overLimit();
  }
  const rules = optionalTexts(destination, 'FilterArns') ?? [];
  const now = bus.now();
  bus.store.run(
    `INSERT INTO replays (name, archive, bus, rules, description, state, eventStart, eventEnd, started)
     VALUES (?, ?, ?, ?, ?, 'STARTING', ?, ?, ?)`,
    name,
    archive.name,
    busName,
    rules.length > 0 ? JSON.stringify(rules) : null,
    description ?? null,
    start,
    end,
    now,
  );
  continueReplay(bus, name);
  return { ReplayArn: replayArn(bus, name), State: 'STARTING', ReplayStartTime: now / 1000 };
};

export const describeReplay = (bus: Bus, input: Input): object => {
  const row = found(bus, input);
  const filter = row.rules === null ? undefined : (JSON.parse(row.rules) as string[]);
  return {
    ...summary(bus, row),
    ReplayArn: replayArn(bus, row.name),
    Description: row.description ?? undefined,
    Destination: { Arn: busArn(bus, row.bus), FilterArns: filter },
  };
};

export const listReplays = (bus: Bus, input: Input): object => {
  const prefix = optionalText(input, 'NamePrefix', REPLAY_NAME) ?? '';
  const state = optionalText(input, 'State') ?? null;
  const archive = optionalText(input, 'EventSourceArn') === undefined ? null : archiveOf(bus, input).name;
  const { rows, NextToken } = page<ReplayRow>(
    input,
    (row) => row.name,
    (after, limit) =>
      bus.store.all(
        `SELECT * FROM replays WHERE name > ? AND substr(name, 1, length(?)) = ? AND state = coalesce(?, state)
           AND archive = coalesce(?, archive) ORDER BY name LIMIT ?`,
        after,
        prefix,
        prefix,
        state,
        archive,
        limit,
      ),
  );
  return { Replays: rows.map((row) => summary(bus, row)), NextToken };
};

export const cancelReplay = (bus: Bus, input: Input): object => {
  const { name } = found(bus, input);
  const sql = `UPDATE replays SET state = 'CANCELLED', ended = ? WHERE name = ? AND ${ACTIVE}`;
  if (bus.store.run(sql, bus.now(), name) === 0) {
    throw new BusError('IllegalStatusException', `Replay ${name} is not in a valid state for this operation.`);
  }
  return { ReplayArn: replayArn(bus, name), State: 'CANCELLING' };
};
