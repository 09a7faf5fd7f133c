import { clip, pad, visible, widthOf } from './text.ts';

export interface TableColumn {
  readonly name: string;
  readonly align?: 'left' | 'right';
  /** May become this narrow where the terminal is; as wide as its content otherwise. */
  readonly narrowest?: number;
}

/** A table laid out for one width of terminal. */
export interface Table {
  readonly head: readonly string[];
  readonly line: (cells: readonly string[]) => string;
  /** Columns that found no room. */
  readonly omitted: readonly string[];
}

const GAP = '  ';

/** Lays columns out by the rows seen so far: wide ones give way first, and the last ones are left out if that isn't enough. */
export const layOut = (columns: readonly TableColumn[], rows: readonly (readonly string[])[], width: number): Table => {
  const natural = columns.map(({ name }, index) =>
    Math.max(widthOf(visible(name)), 1, ...rows.map((row) => widthOf(visible(row[index] ?? '')))),
  );
  const least = columns.map((it, index) => Math.min(natural[index]!, it.narrowest ?? natural[index]!));
  const shown = howManyFit(least, width);
  const widths = share(natural.slice(0, shown), least.slice(0, shown), width - GAP.length * (shown - 1));
  const line = (cells: readonly string[]): string =>
    widths
      .map((it, index) => pad(clip(visible(cells[index] ?? ''), it), it, columns[index]!.align))
      .join(GAP)
      .trimEnd();
  return {
    head: [line(columns.map((it) => it.name)), widths.map((it) => '─'.repeat(it)).join(GAP)],
    line,
    omitted: columns.slice(shown).map((it) => it.name),
  };
};

const howManyFit = (least: readonly number[], width: number): number => {
  let used = -GAP.length;
  const fits = least.findIndex((it) => (used += it + GAP.length) > width);
  return Math.max(1, fits < 0 ? least.length : fits);
};

/** Cuts the widest columns down to one common limit, none below its least width. */
const share = (natural: readonly number[], least: readonly number[], room: number): number[] => {
  const at = (limit: number): number[] => natural.map((it, index) => Math.max(least[index]!, Math.min(it, limit)));
  const sum = (widths: readonly number[]): number => widths.reduce((total, it) => total + it, 0);
  let limit = Math.max(...natural);
  while (limit > 1 && sum(at(limit)) > room) limit -= 1;
  const widths = at(limit);
  // The last step of the limit may free more than was needed.
  for (let index = 0; index < widths.length && sum(widths) < room; index += 1) {
    if (widths[index]! < natural[index]!) widths[index]! += 1;
  }
  return widths.map((it) => Math.max(1, Math.min(it, room)));
};
