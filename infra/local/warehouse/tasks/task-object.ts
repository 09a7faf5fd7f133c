import type { CatalogObject } from '../catalog/object.ts';

/** What a task's catalog entry holds. */
export interface TaskDetails {
  readonly warehouse: string | undefined;
  /** As written; undefined for triggered tasks and those that follow others. */
  readonly schedule: string | undefined;
  /** The text of WHEN. */
  readonly condition: string | undefined;
  /** Paths of the tasks that it follows. */
  readonly after: readonly (readonly string[])[];
  /** The root task that it ends, if it is a finalizer. */
  readonly finalizes: readonly string[] | undefined;
  readonly definition: string;
  readonly started: boolean;
  /** From when an interval counts. */
  readonly base: string;
  readonly suspendAfterFailures: number;
  readonly minimumTriggerSeconds: number;
  readonly timeoutMs: number;
  readonly overlapPolicy: 'NO_OVERLAP' | 'ALLOW_CHILD_OVERLAP' | 'ALLOW_ALL_OVERLAP';
  readonly config: string | undefined;
  readonly errorIntegration: string | undefined;
  /** Session parameters that its runs get. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly suspendedOn: string | undefined;
  readonly suspendedReason: string | undefined;
}

export type TaskObject = CatalogObject<TaskDetails> & { readonly kind: 'TASK' };

/** Whether a task follows no other one. */
export const isRoot = ({ details }: TaskObject): boolean =>
  details.after.length === 0 && details.finalizes === undefined;

/** The first task of the graph that a task belongs to; itself if it follows none. */
export const rootOf = (task: TaskObject, find: (path: readonly string[]) => TaskObject | undefined): TaskObject => {
  let root = task;
  for (let steps = 0; steps < 1000; steps += 1) {
    const before = root.details.finalizes ?? root.details.after[0];
    const next = before && find(before);
    if (next === undefined) return root;
    root = next;
  }
  return root;
};
