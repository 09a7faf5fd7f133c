const LITERAL_BLOCK = 60;

/** Snappy's form of bytes, as one literal after another: what the format allows for any bytes, and makes of short ones. */
export const snappyBytes = (bytes: Buffer): Buffer => {
  const parts: Buffer[] = [Buffer.from(varint(bytes.length))];
  for (let at = 0; at < bytes.length; at += LITERAL_BLOCK) {
    const block = bytes.subarray(at, at + LITERAL_BLOCK);
    parts.push(Buffer.from([(block.length - 1) << 2]), block);
  }
  return Buffer.concat(parts);
};

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];

/** The bytes behind Snappy's form: literals, and copies of what came before. */
export const snappyText = (packed: Buffer): Buffer => {
  let at = 0;
  const bytes = Buffer.alloc(length());
  let end = 0;
  while (at < packed.length) {
    const tag = packed[at++]!;
    if ((tag & 3) === 0) literal(tag >> 2);
    else if ((tag & 3) === 1) copy(((tag >> 5) << 8) | packed[at++]!, ((tag >> 2) & 7) + 4);
    else copy(number((tag & 3) === 2 ? 2 : 4), (tag >> 2) + 1);
  }
  if (end !== bytes.length) throw new Error('not as long as it says');
  return bytes;

  function length(): number {
    let [value, unit] = [0, 1];
    for (let byte = 128; byte >= 128; unit *= 128) {
      byte = packed[at++]!;
      value += (byte % 128) * unit;
    }
    return value;
  }

  function number(width: number): number {
    const value = packed.readUIntLE(at, width);
    at += width;
    return value;
  }

  function literal(size: number): void {
    const count = (size < 60 ? size : number(size - 59)) + 1;
    end += packed.copy(bytes, end, at, at + count);
    at += count;
  }

  function copy(offset: number, count: number): void {
    if (offset === 0 || offset > end) throw new Error('copies what is not there');
    for (let i = 0; i < count; i += 1, end += 1) bytes[end] = bytes[end - offset]!;
  }
};
