import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { eachDocument } from '../source/document-lines.ts';
import { readSources } from '../source/source-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'firn-source-'));
afterAll(() => rmSync(directory, { recursive: true }));

let written = 0;
const file = (content: string | Buffer, name = `${(written += 1)}.ndjson`): string => {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
};
const linesOf = async (content: string | Buffer): Promise<number[]> => {
  const lines: number[] = [];
  await eachDocument(file(content), (line) => lines.push(line));
  return lines;
};

describe('the documents of a file', () => {
  it.each([
    ['', []],
    ['{}', [1]],
    ['{}\n', [1]],
    ['{}\n\n{}\n', [1, 3]],
    ['{}\r\n\r\n{}\r\n', [1, 3]],
    ['\n\n\n{}', [4]],
    ['  \n{}', [1, 2]],
    ['\ufeff{}\n{}', [1, 2]],
    ['\ufeff\n{}', [2]],
  ])('%j are on lines %j', async (text, lines) => {
    expect(await linesOf(text)).toEqual(lines);
  });

  it('are the same when the file is compressed, whatever it is called', async () => {
    expect(await linesOf(gzipSync('{}\n\n{}'))).toEqual([1, 3]);
    expect(await linesOf(Buffer.concat([gzipSync('{}\n'), gzipSync('{}\n')]))).toEqual([1, 2]);
    expect(await linesOf(zstdCompressSync('{}\n\n{}'))).toEqual([1, 3]);
  });

  it('are the lines that are not empty, for any text', async () => {
    const line = fc.constantFrom('', 'x', '{}', '\r', 'é'.repeat(200_000));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const expected = lines.flatMap((it, index) => (it === '' || it === '\r' ? [] : [index + 1]));
        expect(await linesOf(lines.map((it) => `${it}\n`).join(''))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a source file', () => {
  it('is known by what it holds', async () => {
    const [source] = await readSources([file('{"a":1}\n{"a":2}\n', 'orders é.ndjson')]);
    const hash = createHash('sha256').update('{"a":1}\n{"a":2}\n').digest('hex');
    expect(source).toMatchObject({ folder: hash.slice(0, 12), name: 'orders é.ndjson', bytes: 16, documents: 2 });
  });

  it('counts once, under however many names it is given', async () => {
    const sources = await readSources([file('{"b":1}'), file('{"b":2}'), file('{"b":1}')]);
    expect(sources.map((it) => it.documents)).toEqual([1, 1]);
  });

  it('is refused when it is not there, and the way to look is named', async () => {
    await expect(readSources([join(directory, 'none.ndjson')])).rejects.toMatchObject({
      message: `${join(directory, 'none.ndjson')}: no such file`,
      next: `ls ${directory}`,
      exitCode: 2,
    });
  });

  it('is refused when it is a directory', async () => {
    await expect(readSources([directory])).rejects.toThrow('is a directory: name the files in it');
  });

  it('is refused when its compression is damaged', async () => {
    const half = gzipSync('x'.repeat(10_000)).subarray(0, 25);
    await expect(readSources([file(half, 'half.gz')])).rejects.toThrow(
      /half\.gz can't be read: its compression is damaged/,
    );
  });
});
