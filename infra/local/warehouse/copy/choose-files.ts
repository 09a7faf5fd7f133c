import { filePattern } from '../stages/file-pattern.ts';
import type { StagedFile } from '../stages/file-store.ts';
import type { StageLocation } from '../stages/stage-access.ts';
import { SnowflakeError } from '../contract.ts';
import type { CopyOptions } from './copy-options.ts';

/** The files that FILES, or the path and PATTERN, name. */
export const chooseFiles = async (
  { store, prefix }: StageLocation,
  { files, pattern }: Pick<CopyOptions, 'files' | 'pattern'>,
): Promise<StagedFile[]> => {
  if (files === undefined) return (await store.list(prefix)).filter(({ key }) => filePattern(pattern)(key));
  return Promise.all(
    files.map(async (name) => {
      const key = prefix + (prefix === '' || prefix.endsWith('/') || name.startsWith('/') ? name : `/${name}`);
      const found = await store.find(key);
      if (found === undefined)
        throw new SnowflakeError(
          '091016',
          '22000',
          `Remote file '${store.root}${key}' was not found. There are several potential causes. The file might not exist. The required credentials may be missing or invalid. If you are running a copy command, please make sure files are not deleted when they are being loaded or files are not being loaded into two different tables concurrently with auto purge option.`,
        );
      return found;
    }),
  );
};
