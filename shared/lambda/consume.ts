import middleware from '@middy/core';
import partialBatchFailure from '@middy/sqs-partial-batch-failure';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { failure } from '../bus/failure.ts';
import type { Publish } from '../bus/publisher.ts';
import { toPipelineError, type PipelineError } from '../errors.ts';
import type { Log } from '../log.ts';
import { readMessage, type Reading, type Route } from './reading.ts';

interface Deps {
  readonly service: string;
  /** After so many receives the queue gives a message up; the last failure is then told as `batch.failed.v1`. */
  readonly maxReceives: number;
  readonly publish: Publish;
  readonly log: Log;
  readonly now: () => Date;
}

type Handler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/**
 * A Lambda handler for one service's queue. Records are handled one after another, each on its own account: those that
 * may succeed later are returned as failures, refused ones are answered with `batch.failed.v1` and acknowledged.
 */
export const consume = (deps: Deps, routes: readonly Route[]): Handler => {
  const handleRecord = async (record: SQSRecord): Promise<void> => {
    let reading: Reading | undefined;
    try {
      reading = readMessage(record.body, routes);
      await reading.run();
      deps.log('info', 'handled', { event: reading.type, batchId: reading.envelope?.batchId });
    } catch (thrown) {
      const error = toPipelineError(thrown);
      const receives = Number(record.attributes.ApproximateReceiveCount);
      const last = receives >= deps.maxReceives;
      report(error, record, reading, receives);
      if (reading?.envelope && (error.kind === 'BadMessage' || last)) await tellFailure(reading, error);
      if (reading?.envelope && error.kind === 'BadMessage') return;
      throw error;
    }
  };

  const report = (error: PipelineError, record: SQSRecord, reading: Reading | undefined, receives: number): void =>
    deps.log(error.kind === 'RetryLater' ? 'warn' : 'error', error.message, {
      kind: error.kind,
      event: reading?.type,
      batchId: reading?.envelope?.batchId,
      messageId: record.messageId,
      receives,
      ...error.context,
    });

  const tellFailure = async ({ type, envelope }: Reading, error: PipelineError): Promise<void> => {
    await deps.publish([failure(envelope!, { service: deps.service, type, error }, deps.now())]);
  };

  const handleAll = async (event: SQSEvent): Promise<PromiseSettledResult<void>[]> => {
    const settled: PromiseSettledResult<void>[] = [];
    // One at a time: the records share one session, and a session has one transaction.
    for (const record of event.Records) settled.push(...(await Promise.allSettled([handleRecord(record)])));
    return settled;
  };

  // What failed has been logged with its context already. The middleware turns what settled into a batch response, which
  // its types don't tell.
  return middleware(handleAll).use(partialBatchFailure({ logger: () => undefined })) as unknown as Handler;
};
