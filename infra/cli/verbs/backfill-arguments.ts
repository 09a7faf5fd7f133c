import { InvalidArgumentError } from 'commander';

/** A whole number within bounds. */
export const wholeOf = (text: string, smallest: number, largest: number): number => {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < smallest || value > largest)
    throw new InvalidArgumentError(`Give a whole number from ${smallest} to ${largest}.`);
  return value;
};
/** How many chunks. */
export const chunksOf = (text: string): number => wholeOf(text, 1, 200);

/** A day of the calendar, as ISO writes it. */
export const dayOf = (text: string): string => {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw new InvalidArgumentError('Give a day such as 2011-03-31.');
  return text;
};

/** Names of columns, parted by commas. */
export const namesOf = (text: string): readonly string[] => text.split(',').map((it) => it.trim().toUpperCase());

/** Columns with how much they may differ. */
export const tolerancesOf = (text: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    text.split(',').map((it) => {
      const [, column, tolerance] = /^\s*([^=\s]+)=(\d+(?:\.\d+)?)\s*$/.exec(it) ?? [];
      if (column === undefined)
        throw new InvalidArgumentError('Give columns with numbers, such as GROSS_AMOUNT=0.01,ORDER_TOTAL=0.05.');
      return [column.toUpperCase(), Number(tolerance)];
    }),
  );
