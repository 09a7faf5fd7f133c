/** One record of a file: its fields, or what is wrong with it. `line` counts records and skipped header lines from 1. */
export interface StagedRecord {
  readonly line: number;
  readonly fields: readonly (string | null)[];
  readonly error?: RecordError;
}

/** A record that cannot be read, as COPY reports it. */
export interface RecordError {
  readonly message: string;
  /** Position of the offending character in its record, from 1. */
  readonly character: number;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes; where they are invalid, replacement characters if `replace`, else undefined. */
export const decode = (bytes: Uint8Array, replace: boolean): string | undefined => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (replace || !text.includes('\uFFFD')) return text;
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
};

/** The error of a record that is not UTF-8. */
export const invalidUtf8 = (line: number, bytes: Uint8Array): StagedRecord => ({
  line,
  fields: [],
  error: {
    message: `Invalid UTF8 detected in string '${Buffer.from(bytes.subarray(0, 40))
      .toString('latin1')
      .replaceAll(/[^ -~]/g, (c) => `0x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}'`,
    character: 1,
  },
});
