import type { JsonNode } from '../json/node.ts';
import { InvalidPattern, refuse } from './invalid-pattern.ts';
import { addressBytes, hexDigits } from './ip-address.ts';
import type { Test } from './leaf.ts';

const MASK = /^[+-]?[0-9]+$/;
const HEX = '0123456789ABCDEF';

type Range = { readonly bottom: string; readonly top: string };

/**
 * Walks the digits from the left and decides at the first one that lies strictly inside the range, as the matcher of
 * AWS does. Digits behind that one are never looked at: an IPv4 range also takes the IPv6 addresses that begin alike.
 */
const within = (digits: string, { bottom, top }: Range): boolean => {
  let low = true;
  let high = true;
  for (let i = 0; i < bottom.length; i += 1) {
    const digit = HEX.indexOf(digits[i] ?? ' ');
    const floor = HEX.indexOf(bottom[i]!);
    const ceiling = HEX.indexOf(top[i]!);
    if (digit < 0 || (low && digit < floor) || (high && digit > ceiling)) return false;
    low &&= digit === floor;
    high &&= digit === ceiling;
    if (!low && !high) return true;
  }
  return true;
};

// A number is walked as if its text were an address, unless the same list compares numbers: so does AWS.
const rangeTest =
  (range: Range, comparesNumbers: (text: string) => boolean): Test =>
  (leaf) => {
    if (!leaf.string) return !comparesNumbers(leaf.text) && within(leaf.text, range);
    const bytes = addressBytes(leaf.text);
    return bytes !== undefined && within(hexDigits(bytes), range);
  };

const malformed = (message: string): never => {
  throw new InvalidPattern(message);
};

const maskOf = (text: string, bytes: readonly number[]): number => {
  const bits = Number(text);
  const [family, limit] = bytes.length === 4 ? ['IPv4', 32] : ['IPv6', 128];
  return bits < limit ? bits : malformed(`${family} mask bits must be < ${limit}`);
};

/** Reads `10.0.0.0/8` or `2001:db8::/32`. */
export const cidrTest = (node: JsonNode, comparesNumbers: (text: string) => boolean): Test => {
  if (node.kind !== 'string') return refuse(node, 'prefix match pattern must be a string');
  const parts = node.value.replace(/\/+$/, '').split('/');
  if (parts.length !== 2) return malformed("Malformed CIDR, one '/' required");
  const [address = '', mask = ''] = parts;
  if (!MASK.test(mask)) return malformed('Malformed CIDR, mask bits must be an integer');
  if (Number(mask) < 0) return malformed('Malformed CIDR, mask bits must not be negative');
  const bytes = addressBytes(address) ?? malformed(`Nonstandard IP address: ${address}`);
  const fixed = maskOf(mask, bytes);
  const free = (index: number): number => 0xff >> Math.min(8, Math.max(0, fixed - index * 8));
  const bottom = hexDigits(bytes.map((byte, index) => byte & ~free(index)));
  const top = hexDigits(bytes.map((byte, index) => byte | free(index)));
  return rangeTest({ bottom, top }, comparesNumbers);
};

/** A string that is an IP address matches every spelling of it; undefined when it is none. */
export const addressTest = (text: string, comparesNumbers: (text: string) => boolean): Test | undefined => {
  const bytes = addressBytes(text);
  return bytes && rangeTest({ bottom: hexDigits(bytes), top: hexDigits(bytes) }, comparesNumbers);
};
