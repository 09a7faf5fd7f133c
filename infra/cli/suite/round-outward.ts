/**
 * The next greater of 1, 2, 5, 10, 20, 50, …; of what is greater than 0.
 * @example roundUp(541) // 1000
 */
export const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value));
  const next = ([1, 2, 5].find((it) => it * power >= value) ?? 10) * power;
  // Written in one digit and read back: 3 * 0.1 is not 0.3.
  return Number(next.toPrecision(1));
};

/** Room for what is a little more than was seen. */
const SPARE = 1.2;

/**
 * A range that leaves room: round ends, and 0 for what has not been less.
 * @example roundOutward(1, 541) // { min_value: 0, max_value: 1000 }
 */
export const roundOutward = (least: number, greatest: number): { min_value: number; max_value: number } => ({
  min_value: least < 0 ? -roundUp(-least * SPARE) : 0,
  max_value: greatest > 0 ? roundUp(greatest * SPARE) : 0,
});
