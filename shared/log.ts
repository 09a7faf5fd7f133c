type Level = 'info' | 'warn' | 'error';

/** Writes one outcome as one JSON line; fields are ids, counts, names and durations, never row data. */
export type Log = (level: Level, message: string, fields?: Readonly<Record<string, unknown>>) => void;

/** A log on standard output that stamps every line with the service's name. */
export const logger =
  (service: string, write: (line: string) => void = (line) => void process.stdout.write(line)): Log =>
  (level, message, fields = {}) =>
    write(`${JSON.stringify({ level, service, message, ...fields })}\n`);
