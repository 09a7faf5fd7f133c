import type { CatalogObject } from '../catalog/object.ts';
import type { Options } from './format-options.ts';

/** What a stage's catalog entry holds; without a URL it is internal. */
export interface StageDetails {
  readonly url?: string;
  readonly integration?: string;
  /** As given in FILE_FORMAT = ( ... ). */
  readonly format: Options;
  readonly copyOptions: Options;
  readonly directory: boolean;
  /** What the directory table lists: the files as of its last refresh. */
  readonly files?: readonly ListedFile[];
}

/** A file in a directory table. */
export interface ListedFile {
  /** Behind the stage's own place. */
  readonly path: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: string;
}

export type StageObject = CatalogObject<StageDetails> & { readonly kind: 'STAGE' };

/** What a file format's catalog entry holds: only the options that were given. */
export interface FileFormatDetails {
  readonly options: Options;
}

export type FileFormatObject = CatalogObject<FileFormatDetails> & { readonly kind: 'FILE FORMAT' };
