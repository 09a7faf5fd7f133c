/**
 * Makes the dates of a realm tell the time of a zone, as those of a handler tell that of its session. It runs inside that realm,
 * from its own text: so it refers to nothing outside of itself.
 */
export const guestDates = (zone: string): void => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  const RealDate = Date;
  const RealFormat = Intl.DateTimeFormat;
  const realOffset = Object.getOwnPropertyDescriptor(RealDate.prototype, 'getTimezoneOffset')!.value as () => number;
  const hasZone = /(?:Z|[+-]\d\d:?\d\d|GMT|UTC)(?: ?\([^)]*\))?$|^\d{4}(?:-\d\d(?:-\d\d)?)?$/i;

  /** What a clock in the zone shows, as if it were UTC. */
  const wall = (time: number): number => {
    if (Number.isNaN(time)) return time;
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(time)) part[type] = value;
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
    const shown = new RealDate(0);
    shown.setUTCFullYear(year, Number(part['month']) - 1, Number(part['day']));
    shown.setUTCHours(Number(part['hour']), Number(part['minute']), Number(part['second']));
    return shown.getTime() + (((time % 1000) + 1000) % 1000);
  };
  /** The instant at which a clock in the zone shows this. */
  const instant = (shown: number): number => {
    const guess = shown - (wall(shown) - shown);
    return shown - (wall(guess) - guess);
  };
  const parse = (text: string): number => {
    const time = RealDate.parse(text);
    if (Number.isNaN(time) || hasZone.test(text.trim())) return time;
    // The engine has read it in the zone of this machine: what its clock shows then is what was meant.
    const own = new RealDate(time);
    return instant(time - realOffset.call(own) * 60_000);
  };

  const methods = RealDate.prototype as unknown as Record<string, (...args: number[]) => number>;
  for (const field of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    const get = methods[`getUTC${field}`]!;
    methods[`get${field}`] = function (this: Date) {
      return get.call(new RealDate(wall(this.getTime())) as never);
    };
    const set = methods[`setUTC${field}`];
    if (set === undefined) continue;
    methods[`set${field}`] = function (this: Date, ...args: number[]) {
      const shown = new RealDate(wall(this.getTime()));
      return this.setTime(instant(set.apply(shown as never, args)));
    };
  }
  RealDate.prototype.getTimezoneOffset = function (this: Date) {
    const time = this.getTime();
    return (time - wall(time)) / 60_000;
  };
  const dateText = (date: Date): string => new RealDate(wall(date.getTime())).toUTCString();
  const two = (value: number): string => String(value).padStart(2, '0');
  RealDate.prototype.toDateString = function (this: Date) {
    const [, weekday, day, month, year] = /^(\w+), (\d+) (\w+) (-?\d+)/.exec(dateText(this)) ?? [];
    return weekday === undefined ? 'Invalid Date' : `${weekday} ${month} ${day} ${year}`;
  };
  RealDate.prototype.toTimeString = function (this: Date) {
    const minutes = -this.getTimezoneOffset();
    const sign = minutes < 0 ? '-' : '+';
    const size = Math.abs(minutes);
    const name = new RealFormat('en-US', { timeZone: zone, timeZoneName: 'long' })
      .formatToParts(this)
      .find(({ type }) => type === 'timeZoneName')!
      .value.replace('Coordinated Universal Time', 'UTC');
    return `${/\d\d:\d\d:\d\d/.exec(dateText(this))?.[0]} GMT${sign}${two(Math.trunc(size / 60))}${two(size % 60)} (${name})`;
  };
  RealDate.prototype.toString = function (this: Date) {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : `${this.toDateString()} ${this.toTimeString()}`;
  };
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const real = RealDate.prototype[name];
    RealDate.prototype[name] = function (this: Date, locales?: string, options?: object) {
      return real.call(this, locales, { timeZone: zone, ...options });
    };
  }

  const Zoned = new Proxy(RealDate, {
    apply: () => new RealDate().toString(),
    construct: (target, args: unknown[], newTarget) => {
      const [first] = args;
      const value =
        args.length > 1
          ? [instant(RealDate.UTC(...(args as [number, number])))]
          : typeof first === 'string'
            ? [parse(first)]
            : args;
      return Reflect.construct(target, value, newTarget) as object;
    },
    get: (target, key, receiver) => (key === 'parse' ? parse : (Reflect.get(target, key, receiver) as unknown)),
  });
  RealDate.prototype.constructor = Zoned;
  globalThis.Date = Zoned;
  Intl.DateTimeFormat = new Proxy(RealFormat, {
    construct: (target, [locales, options]: [string | undefined, object | undefined], newTarget) =>
      Reflect.construct(target, [locales, { timeZone: zone, ...options }], newTarget) as object,
    apply: (target, _, [locales, options]: [string | undefined, object | undefined]) =>
      new target(locales, { timeZone: zone, ...options }),
  });
};
