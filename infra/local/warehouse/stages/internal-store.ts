import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unsupported } from '../catalog/errors.ts';
import type { FileStore, StagedFile } from './file-store.ts';
import type { StageObject } from './stage-object.ts';

/** Where an internal stage's files lie on this machine. */
export const internalDirectory = (dataDir: string | undefined, stage: StageObject): string => {
  if (dataDir === undefined) throw unsupported('internal stages of a warehouse in memory');
  return join(dataDir, 'stages', String(stage.id));
};

/** The files of an internal stage. */
export const internalStore = (dataDir: string | undefined, stage: StageObject): FileStore => {
  const directory = internalDirectory(dataDir, stage);
  const find = async (key: string): Promise<StagedFile | undefined> => {
    const path = join(directory, key);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const etag = createHash('md5')
      .update(await readFile(path))
      .digest('hex');
    return { key, size: found.size, etag, lastModified: found.mtime };
  };
  return {
    root: `${stage.path[2]!.toLowerCase()}/`,
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
    remove: (key) => rm(join(directory, key), { force: true }),
  };
};
