const DECIMAL = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/;

type Decimal = { readonly negative: boolean; readonly digits: string; readonly exponent: number };

// Two spellings of one number come out equal: 12.50e1 and 125 both have digits 125, exponent 0.
const decimal = (text: string): Decimal => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  if (digits === '') return { negative: false, digits: '', exponent: 0 };
  return { negative: sign === '-', digits, exponent: Number(exponent) - fraction.length + all.length - digits.length };
};

// Java, in which the matcher of AWS is written, spells the smallest double with two digits: no shorter text compares there.
const spelt = (double: number): string => String(double).replace(/^(-?)5e-324$/, '$14.9e-324');

/**
 * The double that a JSON number stands for, or undefined when it has more digits or range than a double keeps:
 * AWS compares such numbers as text only.
 */
export const comparableNumber = (text: string): number | undefined => {
  const double = Number(text);
  if (!Number.isFinite(double)) return undefined;
  const written = decimal(text);
  const kept = decimal(spelt(double));
  const same =
    written.negative === kept.negative && written.digits === kept.digits && written.exponent === kept.exponent;
  return same ? double + 0 : undefined;
};
