import { notFound } from '../catalog/errors.ts';
import { qualify } from '../catalog/names.ts';
import { parseCopy } from '../copy/parse-copy.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import type { SystemFunction } from '../system/system-function.ts';
import type { Warehouse } from '../warehouse.ts';
import { lastIngested } from './pipe-files.ts';
import type { PipeObject } from './pipe-object.ts';
import { asOwner, pendingFor, stagedFor } from './pipe-source.ts';

/** Why a pipe's statement could not be run when it was last tried. */
interface PipeError {
  readonly message: string;
  readonly at: Date;
}

const errors = new WeakMap<Warehouse, Map<number, PipeError>>();

/** The latest error of each pipe that has not run since without one. */
export const pipeErrors = (warehouse: Warehouse): Map<number, PipeError> => {
  const known = errors.get(warehouse) ?? new Map<number, PipeError>();
  errors.set(warehouse, known);
  return known;
};

/** SYSTEM$PIPE_STATUS('pipe'): how it stands, as JSON. */
export const pipeStatus: SystemFunction = async ([name], { session, warehouse }) => {
  const path = qualify(new Cursor(tokenize(name?.text ?? '')).name(), session);
  const pipe = warehouse.catalog.find('PIPE', path) as unknown as PipeObject | undefined;
  if (pipe === undefined || !session.access.visible(pipe)) throw notFound('PIPE', path);
  const stopped = missing(warehouse, pipe);
  const pending =
    stopped === undefined
      ? await asOwner(warehouse, pipe, async (own) => {
          const { files, root } = await stagedFor(own, pipe.details);
          return (await pendingFor(own, pipe, files, root)).files;
        })
      : [];
  const [oldest] = pending.toSorted((a, b) => a.lastModified.getTime() - b.lastModified.getTime());
  const last = await lastIngested(warehouse.database.own, pipe);
  const error = pipeErrors(warehouse).get(pipe.id);
  const told = {
    executionState: stopped ?? (pipe.details.cloned ? 'STOPPED_CLONED' : pipe.details.paused ? 'PAUSED' : 'RUNNING'),
    ...(oldest && { oldestPendingFilePath: oldest.key, oldestFileTimestamp: oldest.lastModified.toISOString() }),
    pendingFileCount: pending.length,
    ...(error && { lastPipeErrorTimestamp: error.at.toISOString(), error: error.message }),
    ...(last && { lastIngestedTimestamp: last.at.toISOString(), lastIngestedFilePath: last.path }),
  };
  return { type: 'text', text: JSON.stringify(told) };
};

/** The state of a pipe whose table or stage is gone. */
const missing = ({ catalog }: Warehouse, { path, details }: PipeObject): string | undefined => {
  const place = { database: path[0]!, schema: path[1]! };
  const { target, source } = parseCopy(new Cursor(tokenize(details.copy)));
  if (catalog.find('TABLE', full(target, place)) === undefined) return 'STOPPED_MISSING_TABLE';
  if ('name' in source && catalog.find('STAGE', full(source.name, place)) === undefined) return 'STOPPED_STAGE_DROPPED';
  return undefined;
};

const full = (name: readonly string[], { database, schema }: { database: string; schema: string }): string[] =>
  [database, schema].slice(0, 3 - name.length).concat(name);
