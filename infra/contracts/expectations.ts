import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Schema } from './schema-breaks.ts';

/** What a service's owner has agreed to hear: the shape of an event, and one that was recorded then. */
export interface Expectation {
  readonly service: string;
  readonly type: string;
  readonly schema: Schema;
  readonly recorded: unknown;
}

const fileOf = (type: string): string => type.replace('.', '-');

/** Every service's expectations, read as data: a neighbour's code need not even load. */
export const expectations = (root: string): readonly Expectation[] =>
  readdirSync(join(root, 'services')).flatMap((service) => {
    const folder = join(root, 'services', service, 'expects');
    if (!existsSync(folder)) return [];
    return readdirSync(folder).map((file) => ({
      service,
      ...(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Omit<Expectation, 'service'>),
    }));
  });

/** Writes down that a service's owner agrees to these events as they are now; what it no longer hears is forgotten. */
export const accept = async (root: string, service: string, hears: readonly string[]): Promise<readonly string[]> => {
  const folder = join(root, 'services', service, 'expects');
  const files: string[] = [];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const type of [...hears].sort()) {
    const read = async (kind: string): Promise<unknown> =>
      JSON.parse(await readFile(join(root, 'events', kind, `${fileOf(type)}.json`), 'utf8'));
    const recorded = ((await read('examples')) as { readonly detail: unknown }).detail;
    const path = join(folder, `${fileOf(type)}.json`);
    await writeFile(path, `${JSON.stringify({ type, schema: await read('schema'), recorded }, null, 2)}\n`);
    files.push(path);
  }
  return files;
};
