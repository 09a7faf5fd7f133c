import { createHash } from 'node:crypto';
import type { NativeFunction } from '../../engine/native-functions.ts';
import { DuplicateKeyError, orderedJson } from '../../sql/ordered-json.ts';
import { byteBits } from './byte-bits.ts';
import { filledJson } from './filled-json.ts';
import { parsedIp } from './parsed-ip.ts';
import { parsedUrl } from './parsed-url.ts';

const ordered =
  (duplicates: 'refused' | 'last' | 'null') =>
  (text: string): string | null => {
    try {
      return orderedJson(text, duplicates === 'last' ? 'last' : 'refused');
    } catch (error) {
      if (!(error instanceof DuplicateKeyError)) throw error;
      if (duplicates === 'null') return null;
      throw new Error(`Error parsing JSON: ${error.message}`, { cause: error });
    }
  };

/** What is registered in DuckDB under these names. */
export const NATIVE_FUNCTIONS: readonly NativeFunction[] = [
  { name: 'sf_bits', arity: 4, of: byteBits },
  { name: 'sf_filled_json', arity: 1, of: filledJson },
  { name: 'sf_ordered_json', arity: 1, of: ordered('refused') },
  { name: 'sf_ordered_json_last', arity: 1, of: ordered('last') },
  { name: 'sf_ordered_json_try', arity: 1, of: ordered('null') },
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
