import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';

const CHUNK = 1 << 18;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Calls back with the number of each line that is a document: every one that isn't empty. Reads compressed files too. */
export const eachDocument = async (path: string, call: (line: number) => void): Promise<void> => {
  let line = 1;
  let length = 0;
  let last = 0;
  let isStart = true;
  for await (const read of await plainBytes(path)) {
    const chunk = isStart && read.subarray(0, 3).equals(BOM) ? read.subarray(3) : read;
    isStart = false;
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      if (at > from) last = chunk[at - 1]!;
      length += at - from;
      if (length > 1 || (length === 1 && last !== RETURN)) call(line);
      line += 1;
      length = 0;
      from = at + 1;
    }
    length += chunk.length - from;
    if (chunk.length > from) last = chunk.at(-1)!;
  }
  if (length > 0) call(line);
};

/** Bytes as they are, or unpacked; what a file begins with tells, since its name may lie. */
const plainBytes = async (path: string): Promise<AsyncIterable<Buffer>> => {
  const decompressor = decompressorFor(await firstBytes(path));
  const bytes: Readable = createReadStream(path, { highWaterMark: CHUNK });
  // A failure reaches whoever reads the result.
  return decompressor ? pipeline(bytes, decompressor, () => undefined) : bytes;
};

const firstBytes = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const decompressorFor = (first: Buffer) => {
  if (first[0] === 0x1f && first[1] === 0x8b) return createGunzip({ chunkSize: CHUNK });
  if (first.equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return createZstdDecompress({ chunkSize: CHUNK });
  return undefined;
};
