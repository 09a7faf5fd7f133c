import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { ABSENT, bundling, dataFilesOf } from '../../shared/constructs/bundling.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Bundles a service into a folder as its stack does, or whole, with all that snowflake-sdk brings along; returns the file. */
export const bundle = async (service: string, folder: string, isWhole = false): Promise<string> => {
  const handler = `services/${service}/handler.ts`;
  const outfile = join(folder, service, 'index.mjs');
  await mkdir(join(folder, service), { recursive: true });
  await build({
    entryPoints: [join(ROOT, handler)],
    absWorkingDir: ROOT,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    minify: bundling.minify,
    target: bundling.target,
    mainFields: bundling.mainFields,
    banner: { js: bundling.banner },
    logLevel: 'error',
    ...(isWhole
      ? {}
      : { alias: Object.fromEntries(ABSENT.map((it) => [it, join(ROOT, 'shared/constructs/absent-package.cjs')])) }),
  });
  for (const file of dataFilesOf(handler)) await copyFile(join(ROOT, file), join(folder, service, basename(file)));
  return outfile;
};
