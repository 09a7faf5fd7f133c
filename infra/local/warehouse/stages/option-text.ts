import { NONE, type OptionValue } from './format-options.ts';
import { decode } from './record.ts';

/** An option as Snowflake shows it. */
export const text = (value: OptionValue | undefined): string => {
  if (value === undefined) return '';
  if (value === NONE) return 'NONE';
  if (Array.isArray(value)) return `[${value.map((item) => `"${item}"`).join(', ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : `${value}`;
};

/** A delimiter as written: NONE, text, or the bytes that `0x..` and `\x..` name. */
export const delimiter = (value: OptionValue | undefined): string | undefined => {
  const written = text(value);
  if (value === NONE || written === '' || written.toUpperCase() === 'NONE') return undefined;
  if (written.toUpperCase() === 'NEWLINE') return '\n';
  const hex = /^(?:0x|(?:\\x))([0-9a-fA-F]{2}(?:(?:\\x)?[0-9a-fA-F]{2})*)$/.exec(written)?.[1];
  if (hex !== undefined) return Buffer.from(hex.replaceAll(String.raw`\x`, ''), 'hex').toString('utf8');
  const octal = /^\\([0-7]{3})$/.exec(written)?.[1];
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  return (
    {
      [String.raw`\n`]: '\n',
      [String.raw`\r`]: '\r',
      [String.raw`\t`]: '\t',
      [String.raw`\r\n`]: '\r\n',
      [String.raw`\\`]: '\\',
    }[written] ?? bytesAsWritten(written)
  );
};

/** '\xC2\xA2' names the two bytes of one character: what reads as UTF-8, byte by byte, is taken so. */
const bytesAsWritten = (written: string): string => {
  // oxlint-disable-next-line no-control-regex -- exactly the characters of one byte
  if (!/^[\u0000-\u00ff]*[\u0080-\u00ff][\u0000-\u00ff]*$/.test(written)) return written;
  return decode(Buffer.from(written, 'latin1'), false) ?? written;
};
