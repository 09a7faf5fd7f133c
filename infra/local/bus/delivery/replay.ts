import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Bus } from '../bus.ts';
import type { ReplayRow } from '../store/rows.ts';
import { expire } from './archive.ts';
import { replayed } from './envelope.ts';
import { route } from './route.ts';

const CHUNK = 50;

type Archived = { readonly seq: number; readonly time: number; readonly event: string };

const chunkOf = ({ store }: Bus, replay: ReplayRow): Archived[] =>
  store.all<Archived>(
    `SELECT seq, time, event FROM archived
     WHERE archive = ? AND time <= ? AND (time, seq) > (?, ?) ORDER BY time, seq LIMIT ?`,
    replay.archive,
    replay.eventEnd,
    replay.lastTime ?? replay.eventStart,
    replay.lastSeq ?? -1,
    CHUNK,
  );

// The events of a chunk and the place behind it are written together: a crash repeats none and skips none.
const step = (bus: Bus, name: string): readonly number[] | 'over' =>
  bus.store.transaction(() => {
    const replay = bus.store.get<ReplayRow>('SELECT * FROM replays WHERE name = ?', name);
    if (replay === undefined || !['STARTING', 'RUNNING'].includes(replay.state)) return 'over';
    const archived = chunkOf(bus, replay);
    const last = archived.at(-1);
    if (last === undefined) {
      bus.store.run("UPDATE replays SET state = 'COMPLETED', ended = ? WHERE name = ?", bus.now(), name);
      return 'over';
    }
    const sql = "UPDATE replays SET state = 'RUNNING', lastTime = ?, lastSeq = ? WHERE name = ?";
    bus.store.run(sql, last.time, last.seq, name);
    const onlyRules = replay.rules === null ? {} : { onlyRules: JSON.parse(replay.rules) as string[] };
    return archived.flatMap(({ event }) =>
      route(bus, { busName: replay.bus, event: replayed(event, name), ...onlyRules }),
    );
  });

/** Sends a replay's events again, a chunk at a time, between other calls; where it stopped is remembered. */
export const continueReplay = (bus: Bus, name: string): void => {
  const archive = bus.store.get<{ name: string; retentionDays: number }>(
    'SELECT a.name, a.retentionDays FROM archives a JOIN replays r ON r.archive = a.name WHERE r.name = ?',
    name,
  );
  if (archive) expire(bus, archive.name, archive.retentionDays);
  const run = async (): Promise<void> => {
    await nextTurn();
    while (!bus.closing()) {
      const ids = step(bus, name);
      if (ids === 'over') return;
      await bus.dispatcher.send(ids);
    }
  };
  bus.background(run);
};

/** Takes up the replays that a process before this one left. */
export const continueReplays = (bus: Bus): void => {
  const left = bus.store.all<{ name: string }>("SELECT name FROM replays WHERE state IN ('STARTING', 'RUNNING')");
  for (const { name } of left) continueReplay(bus, name);
};
