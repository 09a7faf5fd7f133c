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
