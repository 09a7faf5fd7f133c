interface BatchItemFailure {
  readonly itemIdentifier?: unknown;
}

/**
 * The ids of a batch's messages that stay in the queue after a handler returned `payload`, judged as Lambda judges it under
 * ReportBatchItemFailures: nothing, or an empty list, is success; an answer that it can't read, or that names a stranger, fails all of them.
 */
export const failedIds = (batch: readonly string[], payload: string): ReadonlySet<string> => {
  const answer = JSON.parse(payload) as unknown;
  if (answer === null || answer === '') return new Set();
  if (typeof answer !== 'object' || Array.isArray(answer)) return new Set(batch);
  const { batchItemFailures: failures } = answer as { batchItemFailures?: unknown };
  if (failures === undefined || failures === null) return new Set();
  if (!Array.isArray(failures)) return new Set(batch);
  const ids = failures.map((failure: BatchItemFailure | null) => failure?.itemIdentifier);
  const known = ids.every((id): id is string => typeof id === 'string' && batch.includes(id));
  return new Set(known ? ids : batch);
};
