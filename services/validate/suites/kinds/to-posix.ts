/** A regular expression as Snowflake reads them, with the parameters that stood at its front. */
export interface Posix {
  readonly pattern: string;
  readonly parameters: string;
}

/**
 * A Python pattern in Snowflake's spelling; throws, with what is in the way, where Snowflake has no such thing. Whether there is a match
 * does not depend on groups being captured, nor on how much is taken: that much may go.
 * @example toPosix('(?i)^(?:a|b)+?$').pattern // '^(a|b)+$'
 */
export const toPosix = (regex: string): Posix => {
  const flags = /^\(\?(?<flags>[aimsuLx]+)\)/.exec(regex);
  const body = regex.slice(flags?.[0].length ?? 0);
  const parameters = (flags?.groups!['flags'] ?? '').replace(/[^ims]/g, '');
  if (flags?.groups!['flags']!.includes('x')) throw new RangeError('Snowflake has no verbose patterns, (?x)');
  let pattern = '';
  let inClass = false;
  for (let at = 0; at < body.length; at += 1) {
    const rest = body.slice(at);
    const taken: Token = inClass ? classToken(rest) : token(rest);
    if (taken.opens !== undefined) inClass = taken.opens;
    pattern += taken.becomes;
    at += taken.length - 1;
  }
  wellFormed(pattern);
  return { pattern, parameters };
};

interface Token {
  readonly length: number;
  readonly becomes: string;
  /** Whether what follows is in brackets. */
  readonly opens?: boolean;
}

const token = (rest: string): Token => {
  if (/^\\[1-9]/.test(rest)) throw new RangeError('Snowflake has no back-references');
  if (/^\\[AZz]/.test(rest)) return { length: 2, becomes: rest[1] === 'A' ? '^' : '$' };
  if (rest.startsWith('\\')) return { length: 2, becomes: rest.slice(0, 2) };
  if (/^\(\?(=|!|<=|<!)/.test(rest)) throw new RangeError('Snowflake can not look ahead or behind');
  const named = /^\(\?P?<[A-Za-z_]\w*>/.exec(rest);
  if (named) return { length: named[0].length, becomes: '(' };
  if (rest.startsWith('(?:')) return { length: 3, becomes: '(' };
  if (rest.startsWith('(?')) throw new RangeError(`Snowflake does not know ${rest.slice(0, 4)}`);
  const lazy = /^([*+?]|\{\d+(,\d*)?\})\?/.exec(rest);
  if (lazy) return { length: lazy[0].length, becomes: lazy[1]! };
  if (rest.startsWith('[^]')) return { length: 3, becomes: '[^]', opens: true };
  if (rest.startsWith('[]')) return { length: 2, becomes: '[]', opens: true };
  return { length: 1, becomes: rest[0]!, ...(rest[0] === '[' && { opens: true }) };
};

const classToken = (rest: string): Token => {
  if (rest.startsWith('\\')) return { length: 2, becomes: rest.slice(0, 2) };
  const named = /^\[:\^?\w+:\]/.exec(rest);
  if (named) return { length: named[0].length, becomes: named[0] };
  return { length: 1, becomes: rest[0]!, ...(rest[0] === ']' && { opens: false }) };
};

const wellFormed = (pattern: string): void => {
  try {
    // oxlint-disable-next-line no-new -- only whether it can be built
    new RegExp(pattern.replace(/\[(\^?)\]/g, '[$1\\]'));
  } catch (error) {
    throw new RangeError(`no regular expression: ${error instanceof Error ? error.message : String(error)}`);
  }
};
