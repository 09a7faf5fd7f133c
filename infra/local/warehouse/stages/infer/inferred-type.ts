/** What one value looks like; a number with its digits before and behind the point. */
export type Look =
  | { readonly kind: 'BOOLEAN' | 'DATE' | 'TIME' | 'TIMESTAMP_NTZ' | 'REAL' | 'TEXT' | 'ARRAY' | 'OBJECT' | 'VARIANT' }
  | { readonly kind: 'NUMBER'; readonly whole: number; readonly scale: number };

const MOST_DIGITS = 38;

const TIMES: readonly (readonly ['DATE' | 'TIME' | 'TIMESTAMP_NTZ', RegExp])[] = [
  ['DATE', /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}\/\d{1,2}\/\d{4}|\d{1,2}-[A-Za-z]{3}-\d{4})$/],
  ['TIME', /^\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/],
  ['TIMESTAMP_NTZ', /^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$/],
];

/** What a number's digits look like. */
export const numberLook = (text: string): Look | undefined => {
  const [matched, whole = '', fraction = ''] = /^[+-]?(\d*)(?:\.(\d*))?$/.exec(text) ?? [];
  if (matched !== undefined && whole + fraction !== '')
    return { kind: 'NUMBER', whole: Math.max(1, whole.length), scale: fraction.length };
  return /^[+-]?(?:\d+\.?\d*|\.\d+)e[+-]?\d+$/i.test(text) ? { kind: 'REAL' } : undefined;
};

/** What a text that may be a date or time looks like. */
export const textLook = (text: string): Look => {
  const time = TIMES.find(([, pattern]) => pattern.test(text));
  return { kind: time !== undefined && isMoment(text) ? time[0] : 'TEXT' };
};

/** What a field of a delimited file looks like. */
export const fieldLook = (text: string): Look =>
  /^(?:true|false)$/i.test(text) ? { kind: 'BOOLEAN' } : (numberLook(text) ?? textLook(text));

// 2024-13-45 has the digits of a date and is none.
const isMoment = (text: string): boolean =>
  /^\d{1,2}:/.test(text)
    ? true
    : !Number.isNaN(Date.parse(text.replace(' ', 'T').replace(/^(\d.*T.*\d)$/, '$1Z'))) ||
      !Number.isNaN(Date.parse(text));

/** What has room for both; undefined stands for values that were not there. */
export const widerLook = (a: Look | undefined, b: Look): Look => {
  if (a === undefined) return b;
  if (a.kind === 'NUMBER' && b.kind === 'NUMBER')
    return { kind: 'NUMBER', whole: Math.max(a.whole, b.whole), scale: Math.max(a.scale, b.scale) };
  if (a.kind === b.kind) return a;
  const kinds = new Set([a.kind, b.kind]);
  if (kinds.has('NUMBER') && kinds.has('REAL')) return { kind: 'REAL' };
  if (kinds.has('DATE') && kinds.has('TIMESTAMP_NTZ')) return { kind: 'TIMESTAMP_NTZ' };
  return { kind: kinds.has('ARRAY') || kinds.has('OBJECT') || kinds.has('VARIANT') ? 'VARIANT' : 'TEXT' };
};

/** The type of a column whose values look so, as INFER_SCHEMA spells it. */
export const typeOfLook = (look: Look | undefined): string => {
  if (look?.kind !== 'NUMBER') return look?.kind ?? 'TEXT';
  const { whole, scale } = look;
  return whole + scale > MOST_DIGITS ? 'REAL' : `NUMBER(${whole + scale}, ${scale})`;
};
