import type { Readable } from 'node:stream';

/** A file in a stage. */
export interface StagedFile {
  /** From the root of the bucket or of the internal stage. */
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;
}

/** Where the files of a stage lie. */
export interface FileStore {
  /** What every file's address begins with: `s3://bucket/`, or the stage's name. */
  readonly root: string;
  /** Where an internal stage's files lie on this machine. */
  readonly directory?: string;
  /** All files whose key begins with the prefix, ordered by key. */
  list(prefix: string): Promise<StagedFile[]>;
  /** One file; undefined if it is not there. */
  find(key: string): Promise<StagedFile | undefined>;
  open(key: string): Promise<Readable>;
  /** Puts a file in the place of whatever has its key. */
  write(key: string, content: Buffer): Promise<void>;
  remove(key: string): Promise<void>;
}
