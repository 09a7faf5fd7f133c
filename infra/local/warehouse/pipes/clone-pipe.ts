import { parseCopy } from '../copy/parse-copy.ts';
import type { Run } from '../engine/duck.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import type { Warehouse } from '../warehouse.ts';
import { rememberKnown } from './pipe-files.ts';
import type { PipeDetails, PipeObject } from './pipe-object.ts';
import { asOwner, stagedFor } from './pipe-source.ts';

/** Makes the clone of a pipe that comes with its schema: it is stopped until it is resumed. One that reads an internal stage has none. */
export const clonePipe = async (
  run: Run,
  warehouse: Warehouse,
  pipe: PipeObject,
  id: number,
): Promise<PipeDetails | undefined> => {
  const { source } = parseCopy(new Cursor(tokenize(pipe.details.copy)));
  if (!('url' in source)) {
    if (!('name' in source)) return undefined;
    const path = [...pipe.path.slice(0, 3 - source.name.length), ...source.name];
    const stage = warehouse.catalog.find('STAGE', path);
    if ((stage?.details as { url?: string } | undefined)?.url === undefined) return undefined;
  }
  const { files, root } = await asOwner(warehouse, pipe, (own) => stagedFor(own, pipe.details));
  await rememberKnown(run, id, files, root);
  return { ...pipe.details, paused: true, ...(pipe.details.autoIngest && { cloned: true }) };
};
