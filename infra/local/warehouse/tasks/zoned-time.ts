/** A day of the calendar, months from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
};

/** What a clock in the zone shows, as if it were UTC. */
const wallClock = (at: number, zone: string): number => {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  return Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
};

/** The day that it is in the zone at this time. */
export const dayIn = (at: Date, zone: string): Day => dayOf(wallClock(at.getTime(), zone));

/** The day after. */
export const dayAfter = ({ year, month, day }: Day): Day => dayOf(Date.UTC(year, month - 1, day + 1));

/** 0 is Sunday. */
export const weekday = ({ year, month, day }: Day): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay();

export const daysInMonth = ({ year, month }: Day): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Every time at which clocks in the zone show this: two when they are set back, none when they skip it. */
export const timesOf = ({ year, month, day }: Day, hour: number, minute: number, zone: string): Date[] => {
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const offsets = [-1, 0, 1].map((days) => {
    const near = wanted + days * 86_400_000;
    return wallClock(near, zone) - near;
  });
  const times = [...new Set(offsets)].map((offset) => wanted - offset).filter((at) => wallClock(at, zone) === wanted);
  return times.toSorted((a, b) => a - b).map((at) => new Date(at));
};

const dayOf = (wall: number): Day => {
  const date = new Date(wall);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};
