import { pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { TextFormat } from './file-format.ts';

const CHUNK = { chunkSize: 1 << 20 };
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of a file as its format describes them: decompressed, without a byte order mark if the format skips it. */
export async function* plainBytes(file: Readable, format: TextFormat): AsyncGenerator<Buffer> {
  const { first, all } = await peek(file);
  const how = format.compression === 'AUTO' ? detected(first) : format.compression;
  const decompressor = how === 'NONE' ? undefined : DECOMPRESSORS[how]();
  const plain = decompressor ? pipeline(all, decompressor, () => undefined) : all;
  let start = true;
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    const skip = start && format.skipByteOrderMark && chunk.subarray(0, 3).equals(BOM);
    start = false;
    yield skip ? chunk.subarray(3) : chunk;
  }
}

const DECOMPRESSORS = {
  GZIP: () => createGunzip(CHUNK),
  BROTLI: () => createBrotliDecompress(CHUNK),
  ZSTD: () => createZstdDecompress(CHUNK),
  DEFLATE: () => createInflate(CHUNK),
  RAW_DEFLATE: () => createInflateRaw(CHUNK),
};

/** By the bytes that each kind begins with; the name of a file may lie. */
const detected = (first: Buffer): 'GZIP' | 'ZSTD' | 'NONE' => {
  if (first[0] === 0x1f && first[1] === 0x8b) return 'GZIP';
  if (first.subarray(0, 4).equals(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))) return 'ZSTD';
  return 'NONE';
};

const peek = async (file: Readable): Promise<{ first: Buffer; all: Readable }> => {
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let first = Buffer.alloc(0);
  while (first.length < 4) {
    const { value, done } = await chunks.next();
    if (done) break;
    first = Buffer.concat([first, value]);
  }
  return { first, all: Readable.from(joined(first, chunks)) };
};

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (first.length > 0) yield first;
  for (;;) {
    const { value, done } = await rest.next();
    if (done) return;
    yield value;
  }
}
