const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
// East Asian wide and full-width forms, and what terminals draw as pictures.
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Emoji}\ufe0f)/u;
const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
// Controls, and characters that change the direction of what follows: data must not steer the terminal.
const STEERING = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\e' };

/** Text from data, made harmless for a terminal and fit for one line. */
export const visible = (text: string): string =>
  text.replace(STEERING, (it) => SHORT[it] ?? `\\u${it.codePointAt(0)!.toString(16).padStart(4, '0')}`);

const widthOfOne = (grapheme: string): number => (ZERO.test(grapheme) ? 0 : WIDE.test(grapheme) ? 2 : 1);

/** How many columns of a terminal the text takes. */
export const widthOf = (text: string): number => {
  // Printable ASCII, which most text is, needs no looking up.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += widthOfOne(segment);
  return width;
};

/** The text if it fits into `width` columns, otherwise its beginning and an ellipsis. */
export const clip = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text;
  let taken = '';
  let used = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    const next = used + widthOfOne(segment);
    if (next > width - 1) break;
    taken += segment;
    used = next;
  }
  return `${taken}…`;
};

/** The text filled up with blanks to `width` columns, at its end or, for numbers, at its beginning. */
export const pad = (text: string, width: number, align: 'left' | 'right' = 'left'): string => {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
};
