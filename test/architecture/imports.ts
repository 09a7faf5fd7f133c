import { posix } from 'node:path';
import type { SourceFile } from './source-files.ts';

/** What a file imports: a path from the root for files of this repository, a package's or module's name for the rest. */
export interface Import {
  readonly from: string;
  readonly what: string;
  readonly inside: boolean;
}

const STATIC = /^(?:import|export)\b[^'"`;]*?\bfrom\s+['"]([^'"]+)['"]/gm;
const SIDE_EFFECT = /^import\s+['"]([^'"]+)['"]/gm;
const OF_TYPES = /^(?:import|export) type\b[^;]*;/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g;

/** All imports of a file, those of types included: they bind owners to each other just the same. */
export const importsOf = ({ path, text }: SourceFile): readonly Import[] =>
  [STATIC, SIDE_EFFECT, DYNAMIC].flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => {
      const specifier = match[1]!;
      const inside = specifier.startsWith('.');
      return { from: path, what: inside ? posix.join(posix.dirname(path), specifier) : specifier, inside };
    }),
  );

/** All files that some reach by their imports, however far; eagerly: only those that are loaded with them, at once. */
export const reachedFrom = (
  starts: readonly string[],
  files: readonly SourceFile[],
  isEager = false,
): ReadonlySet<string> => {
  const texts = new Map(files.map((it) => [it.path, it]));
  const reached = new Set(starts);
  for (const path of reached) {
    const file = texts.get(path);
    if (!file) continue;
    const text = isEager ? file.text.replace(DYNAMIC, '').replace(OF_TYPES, '') : file.text;
    for (const { what, inside } of importsOf({ path, text })) if (inside) reached.add(what);
  }
  return reached;
};
