const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '0': '\0' };

/** The text that the inside of a single-quoted literal stands for: '' and backslash escapes resolved. */
export const unescapeString = (inside: string): string =>
  /['\\]/.test(inside)
    ? inside.replace(
        /''|\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|([\s\S]))/g,
        (match, unicode?: string, hex?: string, octal?: string, one?: string) => {
          if (match === "''") return "'";
          if (unicode ?? hex) return String.fromCharCode(Number.parseInt((unicode ?? hex)!, 16));
          if (octal) return String.fromCharCode(Number.parseInt(octal, 8));
          return ESCAPES[one!] ?? one!;
        },
      )
    : inside;

/** A SQL literal that DuckDB reads as this text, whatever is in it. */
export const quoteString = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A literal that Snowflake reads as this text: its backslashes are escapes, so they are doubled. */
export const quoteSnowflakeString = (text: string): string =>
  `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", "''")}'`;

/** The text of a DuckDB literal, in brackets or not; undefined for anything else. */
export const literalText = (sql: string): string | undefined =>
  /^\(?'((?:[^']|'')*)'\)?$/.exec(sql)?.[1]?.replaceAll("''", "'");
