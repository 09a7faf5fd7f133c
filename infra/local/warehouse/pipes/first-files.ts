import type { StagedFile } from '../stages/file-store.ts';

/** What one COPY of a pipe takes in at the most, as stored: what is loaded can be worked on while the rest is read. */
const MOST_BYTES = 1024 * 1024;

/**
 * The first of these files, as many as one COPY of a pipe takes; at least one of them, however large.
 */
export const firstFiles = <F extends Pick<StagedFile, 'size'>>(files: readonly F[]): F[] => {
  let bytes = 0;
  const beyond = files.findIndex(({ size }, index) => (bytes += size) > MOST_BYTES && index > 0);
  return files.slice(0, beyond < 0 ? files.length : beyond);
};
