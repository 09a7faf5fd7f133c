/** A value on its way into a handler: its type, and its text as the wire has it. */
export interface GuestValue {
  readonly type: string;
  readonly scale?: number | undefined;
  readonly text: string | null;
}

/** What a date of Snowflake's tells beyond JavaScript's own. */
export interface SnowflakeDate extends Date {
  readonly origin: GuestValue;
}

/** How values get into a realm and out of it. */
export interface GuestValues {
  /** SQL NULL is `undefined` among arguments, and null in a result. */
  decode(value: GuestValue): unknown;
  /** A row of arguments, written as JSON: dates as milliseconds, bytes as digits. */
  row(json: string, types: readonly string[]): unknown[];
  /** The text of a result: documents as JSON, dates as ISO writes them, bytes as digits; null for SQL NULL. */
  encode(value: unknown, type: string): string | null;
  isSnowflakeDate(value: unknown): value is SnowflakeDate;
}

/** Builds the conversions inside a realm, from this function's own text: so it refers to nothing outside of itself. */
export const guestValues = (): GuestValues => {
  class SfDate extends Date {
    constructor(time: number, origin: GuestValue) {
      super(time);
      Object.defineProperty(this, 'origin', { value: origin });
    }
    get #origin(): GuestValue {
      return (this as unknown as SnowflakeDate).origin;
    }
    getEpochSeconds(): number {
      return Math.floor(Number(this.#origin.text!.split(' ')[0]));
    }
    getNanoSeconds(): number {
      const [seconds] = this.#origin.text!.split(' ');
      const nanos = Number((seconds!.split('.')[1] ?? '').padEnd(9, '0').slice(0, 9));
      return seconds!.startsWith('-') && nanos > 0 ? 1_000_000_000 - nanos : nanos;
    }
    getScale(): number {
      return this.#origin.scale ?? 9;
    }
    getTimezone(): number {
      const shifted = this.#origin.text!.split(' ')[1];
      return shifted === undefined ? -this.getTimezoneOffset() : Number(shifted) - 1440;
    }
  }

  const isDate = (type: string): boolean => type === 'date' || type.startsWith('timestamp');
  const isDocument = (type: string): boolean => type === 'variant' || type === 'object' || type === 'array';
  const bytes = (digits: string): Uint8Array =>
    Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  /** The instant at which a clock of the session shows what this shows in UTC. */
  const local = (time: number): number => {
    const shown = new Date(time);
    const clock = [shown.getUTCMonth(), shown.getUTCDate(), shown.getUTCHours(), shown.getUTCMinutes()] as const;
    return new Date(shown.getUTCFullYear(), ...clock, shown.getUTCSeconds(), shown.getUTCMilliseconds()).getTime();
  };
  const instant = ({ type, text }: GuestValue): number => {
    if (type === 'date') return local(Number(text) * 86_400_000);
    const milliseconds = Math.floor(Number(text!.split(' ')[0]) * 1000);
    return type === 'timestamp_ntz' ? local(milliseconds) : milliseconds;
  };

  return {
    decode: (value) => {
      const { type, text } = value;
      if (text === null) return undefined;
      if (type === 'fixed' || type === 'real') return Number(text);
      if (type === 'boolean') return text === '1';
      if (type === 'binary') return bytes(text);
      if (isDocument(type)) return JSON.parse(text) as unknown;
      return isDate(type) ? new SfDate(instant(value), value) : text;
    },
    row: (json, types) =>
      (JSON.parse(json) as unknown[]).map((value, i) => {
        const type = types[i]!;
        // A document says null in a word of its own: its SQL NULL is no value at all.
        if (isDocument(type)) return value === null ? undefined : (JSON.parse(value as string) as unknown);
        if (value === null) return undefined;
        if (type === 'binary') return bytes(value as string);
        if (type === 'real') return Number(value);
        return isDate(type) ? new Date(value as number) : value;
      }),
    encode: (value, type) => {
      if (value === undefined) return null;
      if (isDocument(type)) {
        const dense = (_: string, inner: unknown): unknown =>
          Array.isArray(inner) ? inner.filter((item) => item !== undefined) : inner;
        return JSON.stringify(value, dense) ?? null;
      }
      if (value === null) return null;
      if (isDate(type) && value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      if (type === 'binary' && value instanceof Uint8Array)
        return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('');
      return type === 'real' && typeof value === 'boolean' ? String(Number(value)) : (value as number).toString();
    },
    isSnowflakeDate: (value): value is SnowflakeDate => value instanceof SfDate,
  };
};
