import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { tokenize } from '../../sql/lexer.ts';
import { Cursor } from '../../sql/cursor.ts';
import { csvRecords } from '../csv-records.ts';
import { plainBytes } from '../decompress.ts';
import { fileFormatOf, type CsvFormat, type TextFormat } from '../file-format.ts';
import { readOptionGroup } from '../format-options.ts';
import { jsonRecords } from '../json-records.ts';
import type { StagedRecord } from '../record.ts';

const formatOf = (options: string) => fileFormatOf(readOptionGroup(new Cursor(tokenize(`(${options})`))));

/** Reads a file whole, and again in pieces of each given size: where the pieces are cut must not matter. */
const read = async (options: string, content: string | Buffer, sizes = [1, 2, 3, 7]): Promise<StagedRecord[]> => {
  const whole = Buffer.from(content);
  const records = await once(options, [whole]);
  for (const size of sizes) {
    const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, i) =>
      whole.subarray(i * size, (i + 1) * size),
    );
    expect(await once(options, pieces)).toEqual(records);
  }
  return records;
};

const once = async (options: string, pieces: Buffer[]): Promise<StagedRecord[]> => {
  const format = formatOf(options) as TextFormat;
  const bytes = plainBytes(Readable.from(pieces), format);
  const records: StagedRecord[] = [];
  for await (const batch of format.type === 'CSV' ? csvRecords(bytes, format) : jsonRecords(bytes, format))
    records.push(...batch);
  return records;
};

const fields = (records: readonly StagedRecord[]) => records.map((record) => record.fields);

const LINES = String.raw`TYPE = CSV FIELD_DELIMITER = NONE RECORD_DELIMITER = '\n' ESCAPE_UNENCLOSED_FIELD = NONE`;

describe('files of whole lines', () => {
  it('hand over every byte between line ends, numbered from 1', async () => {
    const lines = ['{"a": "x,\\ty"}', '\ttabs "quotes" \u001F \\n \\', "it's", 'lone\rreturn', '£✓😀', 'last'];

    const records = await read(LINES, lines.join('\n'));

    expect(fields(records)).toEqual(lines.map((line) => [line]));
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('take \\r\\n as one line end and need none after the last line', async () => {
    expect(fields(await read(LINES, 'a\r\nb\r\n'))).toEqual([['a'], ['b']]);
  });

  it('make an empty line NULL, or skip it without renumbering the others', async () => {
    expect(fields(await read(LINES, 'a\n\nb\n'))).toEqual([['a'], [null], ['b']]);
    const skipped = await read(`${LINES} SKIP_BLANK_LINES = TRUE`, 'a\n\nb\n');
    expect(skipped.map(({ line, fields }) => [line, ...fields])).toEqual([
      [1, 'a'],
      [3, 'b'],
    ]);
  });

  it('refuse a line of invalid UTF-8 alone, or replace what is invalid', async () => {
    const content = Buffer.concat([Buffer.from('a\n'), Buffer.from([0x62, 0xff, 0x0a]), Buffer.from('\uFFFD\n')]);

    const refused = await read(LINES, content);
    expect(fields(refused)).toEqual([['a'], [], ['\uFFFD']]);
    expect(refused[1]?.error?.message).toContain("Invalid UTF8 detected in string 'b0xFF'");
    expect(fields(await read(`${LINES} REPLACE_INVALID_CHARACTERS = TRUE`, content))[1]).toEqual(['b\uFFFD']);
  });

  it('take lines of many megabytes', async () => {
    const long = 'x'.repeat(17 << 20);

    const records = await read(LINES, `a\n${long}\nb`, [1 << 16]);

    expect(records.map(({ fields }) => fields[0]?.length)).toEqual([1, 17 << 20, 1]);
  });

  it('may be cut at delimiters of several characters', async () => {
    expect(
      fields(
        await read(
          `TYPE = CSV FIELD_DELIMITER = NONE RECORD_DELIMITER = '||' ESCAPE_UNENCLOSED_FIELD = NONE`,
          'a|b||c||',
        ),
      ),
    ).toEqual([['a|b'], ['c']]);
  });
});

describe('delimited files', () => {
  it('split at the delimiter; empty fields are NULL unless enclosed', async () => {
    const content = 'a,,"",\n"x,y","say ""hi""","two\nlines",\\N\n';
    const records = await read(`TYPE = CSV FIELD_OPTIONALLY_ENCLOSED_BY = '"'`, content);
    expect(fields(records)).toEqual([
      ['a', null, '', null],
      ['x,y', 'say "hi"', 'two\nlines', null],
    ]);
  });

  it('keep quotes as text when nothing encloses', async () => {
    expect(fields(await read('TYPE = CSV', '"a","b"\n'))).toEqual([['"a"', '"b"']]);
  });

  it('escape delimiters in fields that are not enclosed', async () => {
    expect(fields(await read('TYPE = CSV', 'a\\,b,c\\\nd\ne,f\n'))).toEqual([
      ['a,b', 'c\nd'],
      ['e', 'f'],
    ]);
  });

  it('trim around fields and enclosures, not inside them', async () => {
    expect(
      fields(
        await read(`FIELD_DELIMITER = '|' TRIM_SPACE = TRUE FIELD_OPTIONALLY_ENCLOSED_BY = '"'`, ' a | " b " |c\n'),
      ),
    ).toEqual([['a', ' b ', 'c']]);
  });

  it('skip header lines but count them', async () => {
    const records = await read('TYPE = CSV SKIP_HEADER = 2', 'h1,h2\nunits\n1,2\n');
    expect(records).toEqual([{ line: 3, fields: ['1', '2'] }]);
  });

  it('honour NULL_IF for fields of any kind', async () => {
    expect(fields(await read(`NULL_IF = ('NULL', '-') EMPTY_FIELD_AS_NULL = FALSE`, 'NULL,-,,x\n'))).toEqual([
      [null, null, '', 'x'],
    ]);
  });

  it('report text behind a closing quote and go on with the next record', async () => {
    const records = await read(`FIELD_OPTIONALLY_ENCLOSED_BY = '"'`, 'a,"b"c\nd,e\n');
    expect(records[0]?.error).toEqual({ message: "Found character 'c' instead of field delimiter ','", character: 6 });
    expect(records[1]).toEqual({ line: 2, fields: ['d', 'e'] });
  });

  it('take delimiters of several bytes and by hex', async () => {
    expect(fields(await read(String.raw`FIELD_DELIMITER = '\xC2\xA2' RECORD_DELIMITER = '0x5e'`, 'a¢b^c¢d'))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});

describe('JSON files', () => {
  it('hold documents one after the other, over any number of lines', async () => {
    const records = await read('TYPE = JSON', '{"a": 1}\n{"b":\n "}{"} , [1, 2] "s" 12 null');
    expect(fields(records)).toEqual([['{"a": 1}'], ['{"b":\n "}{"}'], ['[1, 2]'], ['"s"'], ['12'], ['null']]);
  });

  it('give up the elements of an outer array when asked to', async () => {
    expect(fields(await read('TYPE = JSON STRIP_OUTER_ARRAY = TRUE', '[{"a":1},[2,3],\n4]'))).toEqual([
      ['{"a":1}'],
      ['[2,3]'],
      ['4'],
    ]);
  });

  it('refuse a broken document and read the next one', async () => {
    const records = await read('TYPE = JSON', '{"a": nope}\n{"b": 1}');
    expect(records[0]?.error?.message).toContain('Error parsing JSON');
    expect(records[1]?.fields).toEqual(['{"b": 1}']);
  });

  it('drop null members with STRIP_NULL_VALUES', async () => {
    expect(fields(await read('TYPE = JSON STRIP_NULL_VALUES = TRUE', '{"a":null,"b":{"c":null},"d":[null]}'))).toEqual([
      ['{"b":{},"d":[null]}'],
    ]);
  });
});

describe('compressed files', () => {
  it.each([
    ['AUTO', gzipSync],
    ['AUTO', zstdCompressSync],
    ['GZIP', gzipSync],
    ['BROTLI', brotliCompressSync],
    ['DEFLATE', deflateSync],
  ] as const)('are read with COMPRESSION = %s', async (compression, compress) => {
    expect(fields(await read(`${LINES} COMPRESSION = ${compression}`, compress(Buffer.from('a\nb\n'))))).toEqual([
      ['a'],
      ['b'],
    ]);
  });

  it('may begin with a byte order mark', async () => {
    expect(fields(await read(LINES, '\uFEFFa\n', []))).toEqual([['a']]);
  });

  it('are refused when their compression or type is not known', () => {
    expect(() => formatOf('COMPRESSION = BZ2')).toThrow('COMPRESSION = BZ2');
    expect(() => formatOf('TYPE = AVRO')).toThrow('file format type AVRO');
    expect(() => formatOf('SKIP_HEADERS = 1')).toThrow("invalid parameter 'SKIP_HEADERS'");
    expect((formatOf('TYPE = CSV') as CsvFormat).fieldDelimiter).toBe(',');
  });
});
