interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

const decimal = (text: string): Decimal => {
  const [whole = '', fraction = ''] = text.split('.');
  return { units: BigInt(whole + fraction), scale: fraction.length };
};

const LIMIT = 10n ** 38n;

const shown = (units: bigint, scale: number): string => {
  const size = units < 0n ? -units : units;
  const digits = size.toString().padStart(scale + 1, '0');
  const text = `${units < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
  if (size >= LIMIT) throw new Error(`Number out of representable range: value ${text}`);
  return text;
};

/** Half away from zero. */
const divided = (dividend: bigint, divisor: bigint): bigint => {
  const [n, d] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (n + d / 2n) / d;
  return dividend < 0n === divisor < 0n ? quotient : -quotient;
};

/**
 * A product with all its digits, rounded to a scale.
 *
 * @example exactProduct('1.5', '-2.5', '1') // '-3.8'
 */
export const exactProduct = (a: string, b: string, scale: string): string => {
  const [left, right] = [decimal(a), decimal(b)];
  return rescaled(left.units * right.units, left.scale + right.scale, Number(scale));
};

const rescaled = (units: bigint, from: number, to: number): string =>
  shown(from > to ? divided(units, 10n ** BigInt(from - to)) : units * 10n ** BigInt(to - from), to);

/**
 * A quotient rounded to a scale.
 *
 * @example exactQuotient('1', '3', '6') // '0.333333'
 */
export const exactQuotient = (a: string, b: string, scale: string): string => {
  const [left, right] = [decimal(a), decimal(b)];
  if (right.units === 0n) throw new Error('Division by zero');
  const shift = Number(scale) + right.scale - left.scale;
  const [n, d] = shift < 0 ? [1n, 10n ** BigInt(-shift)] : [10n ** BigInt(shift), 1n];
  return shown(divided(left.units * n, right.units * d), Number(scale));
};
