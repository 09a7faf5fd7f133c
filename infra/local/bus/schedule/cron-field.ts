/** The values one field of a cron expression lets through. */
export interface FieldRange {
  readonly min: number;
  readonly max: number;
  /** Names that stand for values, the first for `firstName`. */
  readonly names?: readonly string[];
  readonly firstName?: number;
}

const ITEM = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/;

const valueOf = (text: string, { min, max, names = [], firstName = min }: FieldRange): number | undefined => {
  const named = names.indexOf(text.toUpperCase());
  const value = named < 0 ? (/^\d+$/.test(text) ? Number(text) : NaN) : named + firstName;
  return value >= min && value <= max ? value : undefined;
};

const stepped = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);

const itemValues = (text: string, range: FieldRange): readonly number[] | undefined => {
  const found = ITEM.exec(text);
  if (found === null) return undefined;
  const [, first, last, increment] = found;
  const step = increment === undefined ? 1 : Number(increment);
  const from = first === undefined ? range.min : valueOf(first, range);
  // Without an end, a value is itself alone, unless it is where increments start.
  const open = first === undefined || increment !== undefined ? range.max : from;
  const to = last === undefined ? open : valueOf(last, range);
  if (from === undefined || to === undefined || from > to || step < 1) return undefined;
  return stepped(from, to, step);
};

/** Reads `*`, `5`, `1-5`, `0/15`, `MON-FRI` and lists of them; undefined when the text is none of these. */
export const fieldValues = (text: string, range: FieldRange): ReadonlySet<number> | undefined => {
  const values = text.split(',').map((item) => itemValues(item, range));
  return values.every((some) => some !== undefined) ? new Set(values.flat()) : undefined;
};
