import { isIP, isIPv4 } from 'node:net';

const WORD = 0xffffffffn;

/** What PARSE_IP makes of a text, as JSON; undefined where it is no address. */
export const parsedIp = (text: string, type: 'inet' | 'cidr'): string | undefined => {
  const [host = '', length, more] = text.trim().split('/');
  const bits = isIPv4(host) ? 32 : 128;
  const prefix = length === undefined ? undefined : Number(length);
  if (isIP(host) === 0 || more !== undefined || (type === 'cidr' && prefix === undefined)) return undefined;
  if (prefix !== undefined && (!/^\d+$/.test(length!) || prefix > bits)) return undefined;
  const address = bits === 32 ? ipv4(host) : ipv6(host);
  const rest = (1n << BigInt(bits - (prefix ?? bits))) - 1n;
  const [start, end] = [address & ~rest, address | rest];
  const words = bits === 32 ? [address, 0n, 0n, 0n] : [96n, 64n, 32n, 0n].map((shift) => (address >> shift) & WORD);
  return JSON.stringify({
    family: bits === 32 ? 4 : 6,
    ...(bits === 128 && { hex_ipv6: hex(address) }),
    ...(bits === 128 && prefix !== undefined && { hex_ipv6_range_end: hex(end), hex_ipv6_range_start: hex(start) }),
    host,
    ip_fields: words.map(Number),
    ip_type: type,
    ...(bits === 32 && { ipv4: Number(address) }),
    ...(bits === 32 && prefix !== undefined && { ipv4_range_end: Number(end), ipv4_range_start: Number(start) }),
    ...(prefix !== undefined && { netmask_prefix_length: prefix }),
    snowflake$type: 'ip_address',
  });
};

const ipv4 = (host: string): bigint => host.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

const ipv6 = (host: string): bigint => {
  const dotted = /^([\s\S]*:)(\d+\.\d+\.\d+\.\d+)$/.exec(host);
  const plain = dotted
    ? `${dotted[1]}${(ipv4(dotted[2]!) >> 16n).toString(16)}:${(ipv4(dotted[2]!) & 0xffffn).toString(16)}`
    : host;
  const [head = '', tail] = plain.split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  return [...groups(head), ...Array.from({ length: missing }, () => '0'), ...groups(tail)].reduce(
    (sum, group) => (sum << 16n) + BigInt(`0x${group}`),
    0n,
  );
};

const hex = (address: bigint): string => address.toString(16).toUpperCase().padStart(32, '0');
