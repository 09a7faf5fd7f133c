import type { Bus } from '../bus.ts';
import { parseJson } from '../json/parse.ts';
import { fieldsOf } from '../pattern/fields.ts';
import { patternOf } from '../pattern/known-patterns.ts';

const DAY_MS = 86_400_000;

/** Puts an event into every archive of its bus whose pattern it matches. */
export const archiveEvent = ({ store, now }: Bus, busName: string, event: string, time: number): void => {
  const archives = store.all<{ name: string; pattern: string | null }>(
    'SELECT name, pattern FROM archives WHERE bus = ?',
    busName,
  );
  if (archives.length === 0) return;
  const fields = fieldsOf(parseJson(event));
  for (const { name, pattern } of archives) {
    if (pattern !== null && !patternOf(pattern).matches(fields)) continue;
    store.run(
      'INSERT INTO archived (archive, time, accepted, size, event) VALUES (?, ?, ?, ?, ?)',
      name,
      time,
      now(),
      Buffer.byteLength(event),
      event,
    );
  }
};

/** Forgets what an archive has kept for longer than it should. */
export const expire = ({ store, now }: Bus, archive: string, retentionDays: number): void => {
  if (retentionDays === 0) return;
  store.run('DELETE FROM archived WHERE archive = ? AND accepted < ?', archive, now() - retentionDays * DAY_MS);
};
