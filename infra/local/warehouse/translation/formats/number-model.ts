import { quoteString } from '../../sql/string-literal.ts';
import { unsupported } from '../failures.ts';

/** A fixed-position number format: where digits, separators and the sign stand. */
export interface NumberModel {
  readonly compact: boolean;
  readonly before: string;
  readonly after: string;
  /** Digit positions of the integer part with their group separators, such as `9,990`. */
  readonly whole: string;
  readonly fraction: string;
  readonly dollar: boolean;
  readonly blankZero: boolean;
  readonly sign: 'floating' | 'S' | 'MI' | 'trailing S' | 'trailing MI';
}

const MODEL = /^(FM)?((?:"[^"]*")*)(S|MI)?(\$)?(B)?([09,G]*)(?:[.D]([09]*))?(S|MI)?((?:"[^"]*")*)$/i;

/** Reads a format of digits, separators, sign, `$`, `B`, `FM` and literals; others, such as hexadecimal ones, are refused. */
export const numberModel = (format: string): NumberModel => {
  const match = MODEL.exec(format);
  const [, compact, before = '', lead, dollar, blank, whole = '', fraction = '', trail, after = ''] = match ?? [];
  if (!match || !/[09]/.test(whole + fraction)) throw unsupported(`number format '${format}'`);
  const sign = lead ? lead.toUpperCase() : trail ? `trailing ${trail.toUpperCase()}` : 'floating';
  return {
    compact: compact !== undefined,
    before: before.replaceAll('"', ''),
    after: after.replaceAll('"', ''),
    whole: whole.toUpperCase().replaceAll('G', ','),
    fraction,
    dollar: dollar !== undefined,
    blankZero: blank !== undefined,
    sign: sign as NumberModel['sign'],
  };
};

/** DuckDB text that prints a number by a format; digits that don't fit become `#`. */
export const numberText = (value: string, format: string): string => {
  const model = numberModel(format);
  const places = model.fraction.length;
  const positions = model.whole.replaceAll(',', '').length;
  const firstZero = model.whole.replaceAll(',', '').indexOf('0');
  const least = firstZero >= 0 ? positions - firstZero : model.blankZero ? 0 : 1;
  const kept = model.fraction.lastIndexOf('0') + 1;
  const arguments_ = [
    `CAST(${value} AS DECIMAL(38,${places}))`,
    String(places),
    quoteString(model.whole),
    String(Math.min(least, positions)),
    String(kept),
    quoteString(model.dollar ? '$' : ''),
    quoteString(model.sign),
    String(model.compact),
  ];
  const printed = `_sf.number_format(${arguments_.join(', ')})`;
  return model.before || model.after
    ? `(${quoteString(model.before)} || ${printed} || ${quoteString(model.after)})`
    : printed;
};

/** A pattern of the texts that a format reads, as DuckDB literal: groups may be left out, and leading digits where the format has no 0; `|` stands between formats. */
export const numberPattern = (format: string): string =>
  quoteString(
    format
      .split('|')
      .map((one) => pattern(numberModel(one)))
      .join('|'),
  );

const pattern = ({ whole, fraction, dollar, sign }: NumberModel): string => {
  const mark = String.raw`\s*[+-]?\s*`;
  const point = fraction.lastIndexOf('0') + 1;
  const parts = [
    sign.startsWith('trailing') ? String.raw`\s*` : mark,
    dollar ? String.raw`\$?` : '',
    `(?:${[...plain(whole), ...grouped(whole)].join('|')})`,
    fraction.length > 0 ? String.raw`(?:\.\d{${point},${fraction.length}})${point > 0 ? '' : '?'}` : '',
    sign.startsWith('trailing') ? mark : String.raw`\s*`,
  ];
  return parts.join('');
};

/** How many digits a whole part must have: all from its first 0 on. */
const least = (whole: string): number => {
  const digits = whole.replaceAll(',', '');
  return digits.includes('0') ? digits.length - digits.indexOf('0') : 0;
};

const plain = (whole: string): string[] => [String.raw`\d{${least(whole)},${whole.replaceAll(',', '').length}}`];

/** The number may begin in any group; those behind it are whole. */
const grouped = (whole: string): string[] => {
  const sizes = whole.split(',').map((group) => group.length);
  return sizes.slice(0, -1).map((size, i) => {
    const behind = sizes.slice(i + 1);
    const missing = least(whole) - behind.reduce((sum, one) => sum + one, 0);
    return String.raw`\d{${Math.max(1, missing)},${Math.max(1, missing, size)}}${behind.map((one) => String.raw`,\d{${one}}`).join('')}`;
  });
};
