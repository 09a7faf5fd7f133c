import type { Run } from '../engine/duck.ts';
import type { Session } from '../session/session.ts';
import type { StagedFile } from '../stages/file-store.ts';

/** What makes a COPY the work of a pipe: its own memory of loaded files, and its own choice among those that are there. */
export interface PipeLoad {
  readonly pipeId: number;
  readonly path: readonly string[];
  /** Those of the staged files that are to be loaded now. */
  choose(staged: readonly StagedFile[], root: string): Promise<StagedFile[]>;
  /** Takes what was chosen out of the queue, in the transaction that loads it. */
  settle(run: Run): Promise<void>;
}

/** By the session in which a pipe's statement runs. */
export const pipeLoads = new WeakMap<Session, PipeLoad>();
