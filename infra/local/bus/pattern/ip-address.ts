const IPV4 = /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$/;
const IPV6 = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/;
const IPV4_LONGEST = 15;

const ipv4Bytes = (text: string): number[] | undefined => {
  if (text.length > IPV4_LONGEST) return undefined;
  const bytes = text.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
};

const groupBytes = (text: string): number[] | undefined => {
  if (text === '') return [];
  const bytes: number[] = [];
  for (const group of text.split(':')) {
    const value = Number.parseInt(group, 16);
    if (group === '' || value > 0xffff) return undefined;
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
};

const ipv6Bytes = (text: string): number[] | undefined => {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [front, back] = halves.map(groupBytes);
  if (front === undefined || (halves.length === 2 && back === undefined)) return undefined;
  const missing = 16 - front.length - (back?.length ?? 0);
  if (back === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...front, ...Array.from({ length: missing }, () => 0), ...(back ?? [])];
};

// ::ffff:a.b.c.d in hexadecimal is the IPv4 address it carries.
const unmapped = (bytes: number[]): number[] =>
  bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff ? bytes.slice(12) : bytes;

/** The 4 or 16 bytes of an address, or undefined when the text is none. */
export const addressBytes = (text: string): readonly number[] | undefined => {
  if (IPV4.test(text)) return ipv4Bytes(text);
  if (!IPV6.test(text)) return undefined;
  const bytes = ipv6Bytes(text);
  return bytes && unmapped(bytes);
};

/** The bytes as upper-case hexadecimal digits. */
export const hexDigits = (bytes: readonly number[]): string =>
  bytes
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
