import { open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import type { Endpoints } from '../../local/stack.types.ts';
import { LOCAL_CREDENTIALS } from '../local-credentials.ts';
import type { SourceFile } from './source-file.ts';

/** The bucket in which a pipeline's files land; without an address of its own it is on AWS. */
export type Landing = Pick<Endpoints, 'bucket'> & Partial<Pick<Endpoints, 'queues' | 'region'>>;

/** A file in the bucket. */
export interface Landed {
  readonly source: SourceFile;
  readonly key: string;
  /** The same content was there already, perhaps under another file name. */
  readonly wasThere: boolean;
}

const PART_BYTES = 8 << 20; // S3 wants at least 5 MiB

/** Puts files below `<pipeline>/`, content by content: what is there already is not stored again. */
export const land = async (
  landing: Landing,
  pipeline: string,
  sources: readonly SourceFile[],
): Promise<readonly Landed[]> => {
  const { bucket } = landing;
  const s3 = clientFor(landing);
  try {
    const all: Landed[] = [];
    for (const source of sources) {
      const folder = `${pipeline}/${source.folder}/`;
      const present = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder, MaxKeys: 1 }));
      const there = present.Contents?.[0]?.Key;
      const key = there ?? `${folder}${source.name}`;
      if (there === undefined) await store(s3, { Bucket: bucket, Key: key, ContentType: contentType(source) }, source);
      all.push({ source, key, wasThere: there !== undefined });
    }
    return all;
  } finally {
    s3.destroy();
  }
};

const clientFor = ({ queues: endpoint, region }: Landing): S3Client =>
  endpoint === undefined || region === undefined
    ? new S3Client({})
    : new S3Client({ endpoint, region, credentials: LOCAL_CREDENTIALS, forcePathStyle: true });

const contentType = ({ name }: SourceFile): string => {
  if (/\.gz$/i.test(name)) return 'application/gzip';
  return /\.zst$/i.test(name) ? 'application/zstd' : 'application/x-ndjson';
};

type Place = { readonly Bucket: string; readonly Key: string; readonly ContentType: string };

/** Sends a file part by part, so that its size doesn't matter to this process. */
const store = async (s3: S3Client, place: Place, { path, bytes }: SourceFile): Promise<void> => {
  const file = await open(path);
  try {
    const part = async (from: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(PART_BYTES, bytes - from)), {
        position: from,
      });
      return buffer.subarray(0, bytesRead);
    };
    if (bytes <= PART_BYTES) await s3.send(new PutObjectCommand({ ...place, Body: await part(0) }));
    else await storeInParts(s3, place, bytes, part);
  } finally {
    await file.close();
  }
};

const storeInParts = async (
  s3: S3Client,
  place: Place,
  bytes: number,
  part: (from: number) => Promise<Buffer>,
): Promise<void> => {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
  const { Bucket, Key } = place;
  const upload = { Bucket, Key, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    for (let from = 0; from < bytes; from += PART_BYTES) {
      const PartNumber = Parts.length + 1;
      const { ETag } = await s3.send(new UploadPartCommand({ ...upload, PartNumber, Body: await part(from) }));
      Parts.push({ PartNumber, ETag });
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
};
