const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  and: (a, b) => a & b,
  not: (a) => ~a & 0xff,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

/**
 * An operation on the bits of two byte strings in hexadecimal digits; the shorter one is filled up with zeros on the side that is named.
 *
 * @example byteBits('and', 'BCBC', 'EEFF', '') // 'ACBC'
 */
export const byteBits = (operation: string, a: string, b: string, side: string): string => {
  if (side === '' && a.length !== b.length)
    throw new Error(
      `The lengths of two variable-sized fields do not match: first length ${a.length / 2}, second length ${b.length / 2}`,
    );
  const length = Math.max(a.length, b.length);
  const [x, y] = [a, b].map((digits) =>
    Buffer.from(side === 'LEFT' ? digits.padStart(length, '0') : digits.padEnd(length, '0'), 'hex'),
  );
  return Buffer.from(x!.map((byte, i) => OPERATIONS[operation]!(byte, y![i]!))).toString('hex');
};

/**
 * Bytes in hexadecimal digits with their bits moved; what leaves them is lost.
 *
 * @example shiftedBits('002A', '1', 'left') // '0054'
 */
export const shiftedBits = (digits: string, places: string, direction: string): string => {
  if (digits === '') return '';
  const size = BigInt(digits.length * 4);
  const value = BigInt(`0x${digits}`);
  const moved = direction === 'left' ? BigInt.asUintN(Number(size), value << BigInt(places)) : value >> BigInt(places);
  return moved.toString(16).toUpperCase().padStart(digits.length, '0');
};
