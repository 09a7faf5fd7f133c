import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startQueues, type Queues } from '../../local/queues/server.ts';
import { LOCAL_CREDENTIALS } from '../local-credentials.ts';
import { land } from '../source/landing.ts';
import { readSources } from '../source/source-file.ts';

const bucket = 'landing';
let queues: Queues;
let s3: S3Client;
let directory: string;

beforeEach(async () => {
  queues = await startQueues();
  queues.createBucket(bucket);
  const { endpoint, region } = queues;
  s3 = new S3Client({ endpoint, region, credentials: LOCAL_CREDENTIALS, forcePathStyle: true });
  directory = mkdtempSync(join(tmpdir(), 'firn-landing-'));
});
afterEach(async () => {
  s3.destroy();
  await queues.close();
  rmSync(directory, { recursive: true });
});

const landing = async (name: string, content: string | Buffer) => {
  writeFileSync(join(directory, name), content);
  const at = { queues: queues.endpoint, region: queues.region, bucket };
  return (await land(at, 'orders', await readSources([join(directory, name)])))[0]!;
};
const stored = async (Key: string) => {
  const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
  return { type: ContentType, bytes: Buffer.from(await Body!.transformToByteArray()) };
};

it('stores a file byte by byte below its pipeline and the hash of its content', async () => {
  const name = `Mär'z 1 "b" & c+d.ndjson`;
  const { key, wasThere } = await landing(name, '{"a":"é"}\n');
  expect(key).toMatch(/^orders\/[0-9a-f]{12}\/Mär'z 1 "b" & c\+d\.ndjson$/);
  expect(wasThere).toBe(false);
  expect(await stored(key)).toEqual({ type: 'application/x-ndjson', bytes: Buffer.from('{"a":"é"}\n') });
});

it('does not store the same content again, under another name either', async () => {
  const first = await landing('a.ndjson', '{}\n');
  expect(await landing('a.ndjson', '{}\n')).toMatchObject({ key: first.key, wasThere: true });
  expect(await landing('b.ndjson', '{}\n')).toMatchObject({ key: first.key, wasThere: true });
  expect(await landing('a.ndjson', '{"other":1}\n')).toMatchObject({ wasThere: false });
});

it('sends a large file in parts that make up the whole', async () => {
  const large = Buffer.alloc((17 << 20) + 3, '{"a":1}\n');
  const { key } = await landing('large.ndjson', large);
  expect((await stored(key)).bytes.equals(large)).toBe(true);
});

it('keeps compressed files as they are', async () => {
  const { key } = await landing(
    'a.ndjson.gz',
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  );
  expect((await stored(key)).type).toBe('application/gzip');
});
