import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of this repository: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SKIPPED = new Set(['node_modules', '.git', '.firn', 'coverage']);

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : entry.isFile() ? [path] : [];
  });

/** Paths of all files below a folder, from the repository's root. */
export const filesBelow = (folder: string): readonly string[] =>
  walk(join(ROOT, folder)).map((it) => relative(ROOT, it).replaceAll('\\', '/'));

/** All TypeScript files below a folder. */
export const sourceFiles = (folder: string): readonly SourceFile[] =>
  filesBelow(folder)
    .filter((it) => it.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
