import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { SnowflakeError } from '../contract.ts';
import type { Endpoint } from '../warehouse.ts';
import type { FileStore, StagedFile } from './file-store.ts';

/** One client for all buckets of an endpoint. */
export const s3Client = ({ endpoint, region, accessKeyId, secretAccessKey }: Endpoint): S3Client =>
  new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });

/** The files of a bucket. */
export const bucketStore = (client: S3Client, bucket: string): FileStore => ({
  root: `s3://${bucket}/`,
  list: (prefix) =>
    translated(bucket, async () => {
      const files: StagedFile[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
        for (const { Key, Size = 0, ETag = '', LastModified = new Date(0) } of Contents) {
          if (Key !== undefined && !Key.endsWith('/'))
            files.push({ key: Key, size: Size, etag: bare(ETag), lastModified: LastModified });
        }
      }
      return files;
    }),
  find: (key) =>
    translated(bucket, async () => {
      try {
        const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return {
          key,
          size: head.ContentLength ?? 0,
          etag: bare(head.ETag ?? ''),
          lastModified: head.LastModified ?? new Date(0),
        };
      } catch (error) {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
        throw error;
      }
    }),
  open: (key) =>
    translated(bucket, async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Body as Readable;
    }),
  write: (key, content) =>
    translated(bucket, async () => {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: content }));
    }),
  remove: (key) =>
    translated(bucket, async () => {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    }),
});

const bare = (etag: string): string => etag.replaceAll('"', '');

const translated = async <T>(bucket: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new SnowflakeError('003139', '58030', `Failure using stage area. Cause: [s3://${bucket}: ${why}]`);
  }
};
