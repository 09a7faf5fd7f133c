import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { startQueues, type Queues } from './server.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const start = async (dataDir?: string): Promise<{ queues: Queues; s3: S3Client }> => {
  const queues = await startQueues(dataDir === undefined ? {} : { dataDir });
  const s3 = new S3Client({ endpoint: queues.endpoint, region: queues.region, forcePathStyle: true });
  ends.push(
    () => queues.close(),
    () => s3.destroy(),
  );
  queues.createBucket('landing');
  return { queues, s3 };
};

/** Collects keys until there are as many as asked for. */
const collector = (count: number) => {
  const keys: string[] = [];
  const done = Promise.withResolvers<string[]>();
  return { keys, all: done.promise, add: (key: string) => void (keys.push(key) === count && done.resolve(keys)) };
};
const put = (s3: S3Client, Key: string, Body = 'x') => s3.send(new PutObjectCommand({ Bucket: 'landing', Key, Body }));

it('tells of uploads, multipart uploads and copies as they are stored', async () => {
  const { queues, s3 } = await start();
  const seen = collector(3);
  queues.onObjectCreated('landing', ({ key, size }) => seen.add(`${key} ${size}`));

  await put(s3, 'orders/a b.ndjson', '{}');
  const at = { Bucket: 'landing', Key: 'orders/parts.ndjson' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(at));
  const { ETag } = await s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'part' }));
  await s3.send(
    new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }),
  );
  await s3.send(new CopyObjectCommand({ Bucket: 'landing', Key: 'copy', CopySource: 'landing/orders/parts.ndjson' }));

  expect(await seen.all).toEqual(['orders/a b.ndjson 2', 'orders/parts.ndjson 4', 'copy 4']);
});

it('tells of what an earlier run stored, and not of what was deleted', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'firn-objects-'));
  ends.push(() => rmSync(dataDir, { recursive: true }));
  const first = await start(dataDir);
  await put(first.s3, 'gone');
  await put(first.s3, 'early', 'body');
  await first.s3.send(new DeleteObjectCommand({ Bucket: 'landing', Key: 'gone' }));
  await first.queues.close();

  const { queues, s3 } = await start(dataDir);
  const seen = collector(2);
  queues.onObjectCreated('landing', ({ key }) => seen.add(key));
  await put(s3, 'late');

  expect(await seen.all).toEqual(['early', 'late']);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'landing', Key: 'early' }));
  expect(await Body!.transformToString()).toBe('body');
});

it('tells a listener that failed of the same object again, before the next one', async () => {
  const { queues, s3 } = await start();
  const seen = collector(3);
  queues.onObjectCreated('landing', ({ key }) => {
    seen.add(key);
    if (seen.keys.length === 1) throw new Error('not now');
  });

  await put(s3, 'one');
  await put(s3, 'two');

  expect(await seen.all).toEqual(['one', 'one', 'two']);
});

it('tells a listener that has left of nothing', async () => {
  const { queues, s3 } = await start();
  const left = collector(1);
  const stayed = collector(1);
  const leave = queues.onObjectCreated('landing', ({ key }) => left.add(key));
  queues.onObjectCreated('landing', ({ key }) => stayed.add(key));

  leave();
  await put(s3, 'a');

  expect(await stayed.all).toEqual(['a']);
  expect(left.keys).toEqual([]);
});

it('lists every key once over several pages, in the order of their bytes', async () => {
  const { s3 } = await start();
  const keys = Array.from({ length: 60 }, (_, i) => `${i % 2 === 0 ? 'A' : 'a'}${i % 3 === 0 ? '_' : 'é'}${i}`);
  for (const key of keys) await put(s3, key);

  const listed: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 7 }, { Bucket: 'landing' }))
    listed.push(...(page.Contents ?? []).map(({ Key }) => Key!));

  expect(listed).toEqual(keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
});

it('keeps an object of several megabytes byte for byte, and says how to upload one that is too large for a single request', async () => {
  const { s3 } = await start();
  const body = randomBytes(10 * 1024 * 1024);

  await s3.send(new PutObjectCommand({ Bucket: 'landing', Key: 'large', Body: body }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'landing', Key: 'large' }));
  expect(body.equals(await Body!.transformToByteArray())).toBe(true);

  const tooLarge = s3.send(
    new PutObjectCommand({ Bucket: 'landing', Key: 'huge', Body: Buffer.alloc(12 * 1024 * 1024) }),
  );
  await expect(tooLarge).rejects.toMatchObject({
    name: 'EntityTooLarge',
    message: expect.stringContaining('in parts'),
  });
});
