import { SnowflakeError } from '../contract.ts';
import { chooseFiles } from '../copy/choose-files.ts';
import { PIPE_ON_ERROR } from '../copy/copy-options.ts';
import { planCopy, type CopyPlan } from '../copy/copy-plan.ts';
import { parseCopy } from '../copy/parse-copy.ts';
import type { Session } from '../session/session.ts';
import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import type { StagedFile } from '../stages/file-store.ts';
import type { Warehouse } from '../warehouse.ts';
import type { PipeDetails, PipeObject } from './pipe-object.ts';
import { memoryOf, queuedFor } from './pipe-files.ts';

const NO_STAGE_ACCESS = '003139';

/** Work in a session of the pipe's owner, where its COPY's names mean what they mean to the pipe. */
export const asOwner = async <T>(
  warehouse: Warehouse,
  { owner, path }: Pick<PipeObject, 'owner' | 'path'>,
  work: (session: Session) => Promise<T>,
): Promise<T> => {
  const [database, schema] = path as [string, string, string];
  const session = await warehouse.openSession({ user: 'SYSTEM', role: owner, database, schema });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
};

/** What a pipe's COPY means now: its table, stage and format must be there and open to the session's role. */
export const planPipe = (session: Session, { copy }: PipeDetails): CopyPlan => {
  const statement = parseCopy(new Cursor(tokenize(copy)));
  return planCopy(session, statement, copy, 0, session.warehouse.clock(), PIPE_ON_ERROR);
};

/** What lies where a pipe loads from, and what each file's address begins with; nothing, if the bucket can't be read. */
export const stagedFor = async (
  session: Session,
  details: PipeDetails,
): Promise<{ files: readonly StagedFile[]; root: string; base: string; prefix: string }> => {
  try {
    const { location, options } = planPipe(session, details);
    const { base, prefix, store } = location;
    return { files: await chooseFiles(location, options), root: store.root, base, prefix };
  } catch (error) {
    if (error instanceof SnowflakeError && error.code === NO_STAGE_ACCESS)
      return { files: [], root: '', base: '', prefix: '' };
    throw error;
  }
};

/** Those of the staged files that a pipe has to load: queued by REFRESH, or uploaded since it is there. */
export const pendingFor = async (
  { duck, warehouse }: Pick<Session, 'duck' | 'warehouse'>,
  pipe: PipeObject,
  files: readonly StagedFile[],
  root: string,
): Promise<{ files: StagedFile[]; queued: readonly string[] }> => {
  const queued = await queuedFor(duck, pipe.id);
  const asked = new Set(queued);
  const memory = await memoryOf(duck, pipe, warehouse.clock());
  const wanted = ({ key, lastModified }: StagedFile): boolean => {
    const address = root + key;
    if (memory.loaded(address)) return false;
    return asked.has(address) || (pipe.details.autoIngest && !memory.told(address, lastModified));
  };
  return { files: files.filter(wanted), queued };
};
