import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { as } from '../coerce.ts';
import { BINARY, TEXT, VARIANT } from '../types.ts';
import type { Typed } from '../types.ts';

/** The bytes of a text or BINARY, in hexadecimal digits. */
const digits = (value: Typed): string =>
  `hex(${value.type.name === 'binary' ? value.sql : `encode(${as(value, TEXT)})`})`;

const optional = (call: Call, index: number): string =>
  call.has(index) ? `coalesce(${digits(call.arg(index))}, '')` : "''";

const method = (call: Call, index: number): string => (call.has(index) ? call.text(index) : "'AES-GCM'");

/** Between additional data and method the last one is the method. */
const rest = (call: Call, first: number): string => {
  const both = call.count > first + 1;
  return `${both ? optional(call, first) : "''"}, ${method(call, both ? first + 1 : first)}`;
};

const encryptRaw: FunctionRule = (call) => {
  call.expect(3, 5);
  const [value, key] = [digits(call.arg(0)), digits(call.arg(1))];
  return {
    sql: `CAST(sf_encrypt_raw(${value}, ${key}, ${optional(call, 2)}, ${rest(call, 3)}) AS JSON)`,
    type: VARIANT,
  };
};

const decryptRaw =
  (tried: boolean): FunctionRule =>
  (call) => {
    call.expect(3, 6);
    const [value, key, iv] = [0, 1, 2].map((i) => digits(call.arg(i)));
    const tag = optional(call, 5);
    const name = tried ? 'sf_try_decrypt_raw' : 'sf_decrypt_raw';
    const found = `${name}(${value}, ${key}, ${iv}, ${optional(call, 3)}, ${method(call, 4)}, ${tag})`;
    return { sql: `unhex(${found})`, type: BINARY };
  };

/** ENCRYPT and DECRYPT: a value, a passphrase, and perhaps additional data and the method. */
const ofPassphrase =
  (name: string): FunctionRule =>
  (call) => {
    call.expect(2, 4);
    const aad = optional(call, 2);
    return { sql: `unhex(${name}(${digits(call.arg(0))}, ${call.text(1)}, ${aad}, ${method(call, 3)}))`, type: BINARY };
  };

/** Compression and encryption of text and bytes. */
export const CIPHERS: FunctionRules = {
  COMPRESS: (call) => {
    call.expect(2);
    return { sql: `unhex(sf_compress(${digits(call.arg(0))}, ${call.text(1)}))`, type: BINARY };
  },
  DECOMPRESS_BINARY: (call) => {
    call.expect(2);
    return { sql: `unhex(sf_decompress(hex(${call.as(0, BINARY)}), ${call.text(1)}))`, type: BINARY };
  },
  DECOMPRESS_STRING: (call) => {
    call.expect(2);
    return { sql: `decode(unhex(sf_decompress(hex(${call.as(0, BINARY)}), ${call.text(1)})))`, type: TEXT };
  },
  DECRYPT: ofPassphrase('sf_decrypt'),
  DECRYPT_RAW: decryptRaw(false),
  ENCRYPT: ofPassphrase('sf_encrypt'),
  ENCRYPT_RAW: encryptRaw,
  TRY_DECRYPT: ofPassphrase('sf_try_decrypt'),
  TRY_DECRYPT_RAW: decryptRaw(true),
};
