/** What ends, encloses and escapes fields; all of it in the encoding of the scanned text. */
export interface FieldRules {
  readonly fieldDelimiter: string | undefined;
  readonly recordDelimiter: string | undefined;
  readonly enclosedBy: string | undefined;
  readonly escape: string | undefined;
  readonly escapeUnenclosed: string | undefined;
  readonly trimSpace: boolean;
  /** From `specialCharacters` of the delimiters and `escapeUnenclosed`. */
  readonly special: RegExp;
}

/** A field: its text with escapes resolved, the text before that, and where the next one begins. */
export interface RawField {
  readonly text: string;
  readonly source: string;
  readonly enclosed: boolean;
  readonly next: number;
  readonly endsRecord: boolean;
}

export interface FieldError {
  readonly error: string;
  readonly at: number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '0': '\0' };

/** Reads the field that starts at `from`; undefined if its end is not in the text yet. */
export const readField = (
  text: string,
  from: number,
  rules: FieldRules,
  final: boolean,
): RawField | FieldError | undefined => {
  let at = from;
  if (rules.trimSpace) while (text[at] === ' ' || text[at] === '\t') at += 1;
  if (rules.enclosedBy !== undefined && text[at] === rules.enclosedBy) return enclosed(text, at, rules, final);
  return bare(text, from, rules, final);
};

const bare = (text: string, from: number, rules: FieldRules, final: boolean): RawField | undefined => {
  const escape = rules.escapeUnenclosed;
  let value = '';
  let copied = from;
  for (let at = nextSpecial(text, from, rules); ; at = nextSpecial(text, at + 1, rules)) {
    const ended = at >= text.length;
    if (ended && !final) return undefined;
    const end = ended ? { length: 0, endsRecord: true } : delimiterAt(text, at, rules);
    if (end) {
      const source = text.slice(from, at);
      const whole = value + text.slice(copied, at);
      const trimmed = rules.trimSpace ? whole.trim() : whole;
      return { text: trimmed, source, enclosed: false, next: at + end.length, endsRecord: end.endsRecord };
    }
    if (escape !== undefined && text[at] === escape) {
      if (at + 1 >= text.length && !final) return undefined;
      if (at + 1 >= text.length) continue;
      value += text.slice(copied, at) + escaped(text[at + 1]!, escape);
      at += 1;
      copied = at + 1;
    }
  }
};

const nextSpecial = (text: string, from: number, rules: FieldRules): number => {
  rules.special.lastIndex = from;
  const found = rules.special.exec(text);
  return found ? found.index : text.length;
};

/** Finds the characters at which an unenclosed field may end or be escaped. */
export const specialCharacters = (...texts: readonly (string | undefined)[]): RegExp => {
  const first = new Set(texts.map((text) => text?.[0]).filter((one) => one !== undefined));
  if (first.has('\n')) first.add('\r');
  const codes = [...first].map((one) => String.raw`\x${one.codePointAt(0)!.toString(16).padStart(2, '0')}`);
  return codes.length > 0 ? new RegExp(`[${codes.join('')}]`, 'g') : /(?!)/g;
};

const enclosed = (text: string, open: number, rules: FieldRules, final: boolean): RawField | FieldError | undefined => {
  const quote = rules.enclosedBy!;
  let value = '';
  let copied = open + 1;
  for (let at = open + 1; at < text.length; at += 1) {
    if (rules.escape !== undefined && text[at] === rules.escape && rules.escape !== quote) {
      if (at + 1 >= text.length) break;
      value += text.slice(copied, at) + escaped(text[at + 1]!, rules.escape);
      at += 1;
      copied = at + 1;
    } else if (text[at] === quote) {
      if (at + 1 >= text.length && !final) return undefined;
      if (text[at + 1] !== quote) return closed(text, at, value + text.slice(copied, at), open, rules, final);
      value += text.slice(copied, at + 1);
      at += 1;
      copied = at + 1;
    }
  }
  return final ? { error: `End of file was reached while an enclosed field was still open`, at: open } : undefined;
};

const closed = (
  text: string,
  quoteAt: number,
  value: string,
  open: number,
  rules: FieldRules,
  final: boolean,
): RawField | FieldError | undefined => {
  let at = quoteAt + 1;
  if (rules.trimSpace) while (text[at] === ' ' || text[at] === '\t') at += 1;
  if (!final && (at >= text.length || mayContinue(text, at, rules))) return undefined;
  const end = at >= text.length ? { length: 0, endsRecord: true } : delimiterAt(text, at, rules);
  if (!end)
    return { error: `Found character '${text[at]}' instead of field delimiter '${rules.fieldDelimiter ?? ''}'`, at };
  return {
    text: value,
    source: text.slice(open + 1, quoteAt),
    enclosed: true,
    next: at + end.length,
    endsRecord: end.endsRecord,
  };
};

const delimiterAt = (
  text: string,
  at: number,
  rules: FieldRules,
): { length: number; endsRecord: boolean } | undefined => {
  const { fieldDelimiter, recordDelimiter } = rules;
  if (fieldDelimiter !== undefined && text.startsWith(fieldDelimiter, at))
    return { length: fieldDelimiter.length, endsRecord: false };
  if (recordDelimiter === undefined) return undefined;
  if (text.startsWith(recordDelimiter, at)) return { length: recordDelimiter.length, endsRecord: true };
  if (recordDelimiter === '\n' && text.startsWith('\r\n', at)) return { length: 2, endsRecord: true };
  return undefined;
};

/** Whether the text ends so near that a longer delimiter might be cut in two. */
const mayContinue = (text: string, at: number, rules: FieldRules): boolean =>
  at + Math.max(rules.fieldDelimiter?.length ?? 0, rules.recordDelimiter?.length ?? 0, 2) > text.length &&
  delimiterAt(text, at, rules) === undefined;

const escaped = (character: string, escape: string): string =>
  escape === '\\' ? (ESCAPES[character] ?? character) : character;
