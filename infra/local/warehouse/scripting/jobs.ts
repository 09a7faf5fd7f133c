import { SnowflakeError } from '../contract.ts';
import type { Query } from './ast.ts';
import type { Runtime } from './flow.ts';
import type { Job, Scope, Variable } from './scope.ts';

type ResultSetVariable = Extract<Variable, { kind: 'resultset' }>;

/** What runs beside a block, until it is awaited; the statements of a session run one after the other, so each is over when it has been started. */
export class Jobs {
  readonly #open = new Map<Job, ResultSetVariable | undefined>();

  add(job: Job, variable: ResultSetVariable | undefined): void {
    this.#open.set(job, variable);
  }

  /** Hands over the result of a job, or the error that it ended in. */
  await(job: Job): void {
    const variable = this.#open.get(job);
    this.#open.delete(job);
    if ('error' in job) throw job.error;
    if (variable !== undefined) Object.assign(variable, { result: job.result, job: undefined });
  }

  awaitAll(): void {
    for (const job of this.#open.keys()) this.await(job);
  }

  cancel(job: Job): void {
    this.#open.delete(job);
  }
}

/** Runs a statement for ASYNC; that it failed is told when it is awaited. */
export const startJob = async (
  runtime: Runtime,
  query: Query,
  scope: Scope,
  variable?: ResultSetVariable,
): Promise<Job> => {
  const job = await runtime.evaluator.run(query, scope).then(
    (result): Job => ({ result }),
    (error: unknown): Job => ({ error }),
  );
  if ('error' in job && (job.error as { code?: unknown }).code === '000604') throw job.error;
  if (variable !== undefined) variable.result = undefined;
  runtime.jobs.add(job, variable);
  return job;
};

/** How the query of a RESULTSET ended, as SYSTEM$GET_RESULTSET_STATUS tells it. */
export const jobStatus = (scope: Scope, name: string): 'SUCCESS' | 'FAILED_WITH_ERROR' => {
  const { job } = scope.need('resultset', name);
  return job !== undefined && 'error' in job ? 'FAILED_WITH_ERROR' : 'SUCCESS';
};

/** AWAIT and CANCEL of a RESULTSET that ASYNC has started. */
export const jobOf = (scope: Scope, name: string): Job => {
  const { job } = scope.need('resultset', name);
  if (job === undefined)
    throw new SnowflakeError('100186', 'P0000', `RESULTSET '${name}' has no asynchronous child job.`);
  return job;
};
