import { deflateSync, inflateSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { snappyBytes, snappyText } from './snappy.ts';

/** The codec and level that a method such as `zlib(1)` names. */
const methodOf = (method: string): { codec: string; level: number | undefined } => {
  const [, codec = '', level] = /^\s*(\w+)\s*(?:\(\s*(\d+)\s*\))?\s*$/.exec(method) ?? [];
  return { codec: codec.toUpperCase(), level: level === undefined ? undefined : Number(level) };
};

const unknown = (method: string): Error => new Error(`Unsupported feature 'compression by ${method}'`);

const packed = (bytes: Buffer, method: string): Buffer => {
  const { codec, level } = methodOf(method);
  if (codec === 'SNAPPY') return snappyBytes(bytes);
  if (codec === 'ZLIB') return deflateSync(bytes, level === undefined ? {} : { level });
  if (codec === 'ZSTD') return zstdCompressSync(bytes);
  throw unknown(method);
};

const unpacked = (bytes: Buffer, method: string): Buffer => {
  const { codec } = methodOf(method);
  if (codec === 'SNAPPY') return snappyText(bytes);
  if (codec === 'ZLIB') return inflateSync(bytes);
  if (codec === 'ZSTD') return zstdDecompressSync(bytes);
  throw unknown(method);
};

/**
 * Bytes in hexadecimal digits, compressed.
 *
 * @example compressed('536E6F77', 'SNAPPY') // '040c536e6f77'
 */
export const compressed = (digits: string, method: string): string =>
  packed(Buffer.from(digits, 'hex'), method).toString('hex');

/**
 * What was compressed, in hexadecimal digits.
 *
 * @example decompressed('040c536e6f77', 'snappy') // '536e6f77'
 */
export const decompressed = (digits: string, method: string): string => {
  try {
    return unpacked(Buffer.from(digits, 'hex'), method).toString('hex');
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Unsupported feature')) throw error;
    throw new Error('Invalid data for decompression', { cause: error });
  }
};
