import { execFile } from 'node:child_process';
import { cp, realpath, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Outcome } from './firn.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const PARTS =
  'events shared services infra firn package.json package-lock.json tsconfig.json .oxfmtrc.json .npmrc Dockerfile test/setup.ts'.split(
    ' ',
  );

/** Copies what `firn` needs of this repository, to be changed at will; returns a way to call the copy's own `firn`. */
export const copyRepository = async (directory: string): Promise<(...args: readonly string[]) => Promise<Outcome>> => {
  for (const part of PARTS) await cp(join(ROOT, part), join(directory, part), { recursive: true });
  await symlink(await realpath(join(ROOT, 'node_modules')), join(directory, 'node_modules'));
  return (...args) =>
    new Promise((done) => {
      execFile(join(directory, 'firn'), args, { cwd: directory, maxBuffer: 64 << 20 }, (error, stdout, stderr) =>
        done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
      );
    });
};
