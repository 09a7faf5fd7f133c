import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Refusal } from '../refusal.ts';
import { eachDocument } from './document-lines.ts';

/** A file of documents on this machine, read through once. */
export interface SourceFile {
  readonly path: string;
  /** Its place within the pipeline's part of the bucket: the same content has the same first part. */
  readonly folder: string;
  readonly name: string;
  readonly bytes: number;
  /** Lines that aren't empty. */
  readonly documents: number;
}

const HASH_DIGITS = 12;
const MAX_KEY_BYTES = 1024; // S3's limit

/** Reads files through, so that whatever can't be loaded is refused before anything starts; the same content counts once. */
export const readSources = async (paths: readonly string[]): Promise<readonly SourceFile[]> => {
  const sources = new Map<string, SourceFile>();
  for (const path of paths) {
    const source = await readSource(path);
    if (!sources.has(source.folder)) sources.set(source.folder, source);
  }
  return [...sources.values()];
};

const readSource = async (path: string): Promise<SourceFile> => {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal(cause.code === 'ENOENT' ? `${path}: no such file` : `${path}: ${cause.message}`, {
      next: `ls ${quoted(dirname(path))}`,
      cause,
    });
  });
  if (found.isDirectory())
    throw new Refusal(`${path} is a directory: name the files in it`, { next: `firn run ${quoted(path)}/*` });
  if (!found.isFile())
    throw new Refusal(`${path} is not a regular file: it is read more than once, so save it to a file first`);
  const name = basename(path);
  try {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    let documents = 0;
    await eachDocument(path, () => (documents += 1));
    const folder = hash.digest('hex').slice(0, HASH_DIGITS);
    if (Buffer.byteLength(name) > MAX_KEY_BYTES / 2) throw new Refusal(`${path}: its name is too long for the bucket`);
    return { path, folder, name, bytes: found.size, documents };
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal(`${path} can't be read: ${explain(cause)}`, { cause });
  }
};

const explain = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return code?.startsWith('Z_') || code?.startsWith('ZSTD') ? `its compression is damaged (${message})` : message;
};

/** A path as a shell takes it. */
const quoted = (path: string): string =>
  /^[\w./@%+=:,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
