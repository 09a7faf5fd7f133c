import { createHash } from 'node:crypto';
import type { NativeFunction } from '../../engine/native-functions.ts';
import { columnDescriptions } from './column-descriptions.ts';
import { byteBits, shiftedBits } from './byte-bits.ts';
import { compressed, decompressed } from './compression.ts';
import { exactProduct, exactQuotient } from './decimals.ts';
import { decrypt, decryptRaw, encrypt, encryptRaw } from './encryption.ts';
import { parsedIp } from './parsed-ip.ts';
import { checkedJson, parsedJson } from './parsed-json.ts';
import { parsedUrl } from './parsed-url.ts';
import { timeText } from './time-text.ts';

/** NULL for what cannot be decrypted. */
const tried =
  (of: (...args: string[]) => string) =>
  (...args: string[]): string | null => {
    try {
      return of(...args);
    } catch {
      return null;
    }
  };

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' });

/** The words of a text by Unicode's rules, in lower case, as an array. */
const unicodeWords = (text: string): string =>
  JSON.stringify([...SEGMENTER.segment(text.toLowerCase())].filter((one) => one.isWordLike).map((one) => one.segment));

/** What is registered in DuckDB under these names. */
export const NATIVE_FUNCTIONS: readonly NativeFunction[] = [
  { name: 'sf_bits', arity: 4, of: byteBits },
  { name: 'sf_shift', arity: 3, of: shiftedBits },
  { name: 'sf_check_json', arity: 1, of: checkedJson },
  { name: 'sf_parse_json', arity: 1, of: parsedJson({ duplicates: 'refused', failure: 'error' }) },
  { name: 'sf_parse_json_last', arity: 1, of: parsedJson({ duplicates: 'last', failure: 'error' }) },
  { name: 'sf_try_parse_json', arity: 1, of: parsedJson({ duplicates: 'refused', failure: 'null' }) },
  { name: 'sf_try_parse_json_last', arity: 1, of: parsedJson({ duplicates: 'last', failure: 'null' }) },
  { name: 'sf_compress', arity: 2, of: compressed },
  { name: 'sf_decompress', arity: 2, of: decompressed },
  { name: 'sf_encrypt', arity: 4, of: encrypt },
  { name: 'sf_decrypt', arity: 4, of: decrypt },
  { name: 'sf_try_decrypt', arity: 4, of: tried(decrypt) },
  { name: 'sf_encrypt_raw', arity: 5, of: encryptRaw },
  { name: 'sf_decrypt_raw', arity: 6, of: decryptRaw },
  { name: 'sf_try_decrypt_raw', arity: 6, of: tried(decryptRaw) },
  { name: 'sf_column_descriptions', arity: 2, of: columnDescriptions },
  { name: 'sf_unicode_words', arity: 1, of: unicodeWords },
  { name: 'sf_product', arity: 3, of: exactProduct },
  { name: 'sf_quotient', arity: 3, of: exactQuotient },
  { name: 'sf_read_time', arity: 1, of: timeText },
  {
    name: 'sf_sha2',
    arity: 2,
    of: (hex, bits) => createHash(`sha${bits}`).update(Buffer.from(hex, 'hex')).digest('hex'),
  },
  {
    name: 'sf_parse_url',
    arity: 2,
    of: (text, permissive) => {
      const { parts, error } = parsedUrl(text);
      if (error === undefined) return parts!;
      if (permissive !== '0') return JSON.stringify({ error });
      throw new Error(`Error parsing URL: ${error}`);
    },
  },
  {
    name: 'sf_parse_ip',
    arity: 3,
    of: (text, type, permissive) => {
      const parts = parsedIp(text, type as 'inet' | 'cidr');
      if (parts !== undefined) return parts;
      if (permissive !== '0') return JSON.stringify({ error: `invalid ip address: ${text}` });
      throw new Error(`Error parsing IP address: ${text}`);
    },
  },
];
