import type { Call, FunctionRule, FunctionRules } from '../call.ts';
import { unsupported } from '../failures.ts';
import { quoteString } from '../../sql/string-literal.ts';
import { BINARY, fixed, TEXT } from '../types.ts';
import type { Type, Typed } from '../types.ts';

/** What is digested or encoded: a BINARY's own bytes, or those of the text in UTF-8. */
const bytes = (call: Call): string =>
  call.arg(0).type.name === 'binary' ? call.arg(0).sql : `encode(${call.text(0)})`;

const digested =
  (template: string, type: Type): FunctionRule =>
  (call) => {
    call.expect(1);
    return { sql: template.replace('$', () => bytes(call)), type };
  };

const sha2 =
  (binary: boolean): FunctionRule =>
  (call): Typed => {
    call.expect(1, 2);
    const bits = call.has(1) ? call.arg(1).sql : '256';
    if (!['0', '224', '256', '384', '512'].includes(bits)) throw unsupported(`${call.name} with digest size ${bits}`);
    const digest = ['0', '256'].includes(bits) ? `sha256(${bytes(call)})` : `sf_sha2(hex(${bytes(call)}), '${bits}')`;
    return binary ? { sql: `unhex(${digest})`, type: BINARY } : { sql: digest, type: TEXT };
  };

const hexEncode: FunctionRule = (call) => {
  call.expect(1, 2);
  const digits = `hex(${bytes(call)})`;
  return {
    sql: call.has(1) ? `CASE WHEN ${call.integer(1)} = 0 THEN lower(${digits}) ELSE ${digits} END` : digits,
    type: TEXT,
  };
};

/** The characters for 62, 63 and filling, as an alphabet argument names them. */
const alphabet = (call: Call, at: number): string | undefined => {
  if (!call.has(at)) return undefined;
  const given = call.literal(at);
  if (given === undefined || given.length > 3) throw unsupported(`${call.name} with this alphabet`);
  const full = given + '+/='.slice(given.length);
  return full === '+/=' ? undefined : full;
};

const base64Encode: FunctionRule = (call) => {
  call.expect(1, 3);
  const length = call.has(1) ? call.integer(1) : '0';
  const other = alphabet(call, 2);
  const text = `to_base64(${bytes(call)})`;
  const translated = other === undefined ? text : `translate(${text}, '+/=', ${quoteString(other)})`;
  return { sql: length === '0' ? translated : `_sf.broken_lines(${translated}, ${length})`, type: TEXT };
};

/** Decoded bytes as BINARY or text; the TRY kind gives NULL for what is no such encoding. */
const decoded =
  (macro: string, type: Type, tried: boolean): FunctionRule =>
  (call) => {
    call.expect(1, 2);
    const other = alphabet(call, 1);
    const text = other === undefined ? call.text(0) : `translate(${call.text(0)}, ${quoteString(other)}, '+/=')`;
    const binary = `_sf.${tried ? 'try_' : ''}${macro}(${text})`;
    const read = type === TEXT ? `decode(${binary})` : binary;
    return { sql: tried && type === TEXT ? `TRY(${read})` : read, type };
  };

const decoders = (name: string, macro: string): FunctionRules => ({
  [`${name}_DECODE_BINARY`]: decoded(macro, BINARY, false),
  [`${name}_DECODE_STRING`]: decoded(macro, TEXT, false),
  [`TRY_${name}_DECODE_BINARY`]: decoded(macro, BINARY, true),
  [`TRY_${name}_DECODE_STRING`]: decoded(macro, TEXT, true),
});

/** Digests and encodings. */
export const ENCODINGS: FunctionRules = {
  ...decoders('BASE64', 'base64_binary'),
  ...decoders('HEX', 'text_binary'),
  BASE64_ENCODE: base64Encode,
  HEX_ENCODE: hexEncode,
  MD5: digested('md5($)', TEXT),
  MD5_BINARY: digested('unhex(md5($))', BINARY),
  MD5_HEX: digested('md5($)', TEXT),
  MD5_NUMBER_LOWER64: digested("CAST('0x' || right(md5($), 16) AS UBIGINT)", fixed(20, 0)),
  MD5_NUMBER_UPPER64: digested("CAST('0x' || left(md5($), 16) AS UBIGINT)", fixed(20, 0)),
  SHA1: digested('sha1($)', TEXT),
  SHA1_BINARY: digested('unhex(sha1($))', BINARY),
  SHA1_HEX: digested('sha1($)', TEXT),
  SHA2: sha2(false),
  SHA2_BINARY: sha2(true),
  SHA2_HEX: sha2(false),
};
