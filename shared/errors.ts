/** Base of the errors whose class tells the runtime what to do; `context` holds ids and counts, never row data. */
export abstract class PipelineError extends Error {
  abstract readonly kind: 'RetryLater' | 'BadMessage' | 'Defect';
  readonly context: Readonly<Record<string, unknown>>;

  constructor(message: string, context: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.context = context;
  }
}

/** The world is busy or not ready yet: the message comes again later, unchanged. */
export class RetryLater extends PipelineError {
  readonly kind = 'RetryLater';
}

/** The message itself can't be served and never will be: it is refused with `batch.failed.v1` and not retried. */
export class BadMessage extends PipelineError {
  readonly kind = 'BadMessage';
}

/** A promise of ours is broken: retried a few times, then left in the dead-letter queue for this service's owner. */
export class Defect extends PipelineError {
  readonly kind = 'Defect';
}

/** Any thrown thing as a PipelineError; what nobody translated is a Defect. */
export const toPipelineError = (error: unknown): PipelineError => {
  if (error instanceof PipelineError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new Defect(message, {}, { cause: error });
};
