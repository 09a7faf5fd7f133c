const GROUPED = new Intl.NumberFormat('en-US');

/** A count as people read it: `12,345`. */
export const grouped = (count: number): string => GROUPED.format(count);

/**
 * An exact decimal, as text, with its thousands apart.
 * @example groupedDecimal('-1308957.280') // '-1,308,957.280'
 */
export const groupedDecimal = (text: string): string => {
  const [whole = '', ...rest] = text.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
};

/** Seconds with one digit below the second; a dash for a stage that has not been reached. */
export const seconds = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(1));

/** `1 file`, `2 files`. */
export const plural = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Seconds as a length of time that people read at a glance: `45 s`, `3 min`, `2 h`. */
export const duration = (value: number): string => {
  if (value < 120) return `${Math.round(value)} s`;
  return value < 7200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3600)} h`;
};
