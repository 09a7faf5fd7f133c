import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileStore, StagedFile } from './file-store.ts';

/** The files of an internal stage, in a directory of this machine; `root` begins the names that LIST shows. */
export const internalStore = (directory: string, root: string): FileStore => {
  const find = async (key: string): Promise<StagedFile | undefined> => {
    const path = join(directory, key);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const hash = createHash('md5');
    await pipeline(createReadStream(path), hash);
    return { key, size: found.size, etag: hash.digest('hex'), lastModified: found.mtime };
  };
  return {
    root,
    directory,
    list: async (prefix) => {
      const names = await readdir(directory, { recursive: true }).catch(() => []);
      const files = await Promise.all(
        names
          .filter((name) => name.startsWith(prefix))
          .sort()
          .map(find),
      );
      return files.filter((file) => file !== undefined);
    },
    find,
    open: async (key) => createReadStream(join(directory, key)),
    write: async (key, content) => {
      await mkdir(dirname(join(directory, key)), { recursive: true });
      await writeFile(join(directory, key), content);
    },
    remove: (key) => rm(join(directory, key), { force: true }),
  };
};
