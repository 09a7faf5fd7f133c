import { appendFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context, SQSEvent } from 'aws-lambda';

/** A handler for tests: does what its messages say, and writes down each invocation. */
export interface Order {
  readonly do: 'succeed' | 'fail' | 'throw' | 'hang' | 'spin' | 'exit' | 'sleep' | 'strange' | 'call';
  readonly ms?: number;
  /** Where to call: the line is held until the process ends. */
  readonly port?: number;
  /** Once it has called, it never gives way any more. */
  readonly thenSpin?: boolean;
}

/** One line of what a probe has seen. */
export interface Seen {
  readonly bodies: readonly string[];
  readonly receives: readonly string[];
  readonly pid: number;
  readonly at: number;
  readonly requestId: string;
  readonly remainingMs: number;
  readonly functionName: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly event?: SQSEvent;
}

export const handler = async (event: SQSEvent, context: Context): Promise<unknown> => {
  const seen: Seen = {
    bodies: event.Records.map(({ body }) => body),
    receives: event.Records.map(({ attributes }) => attributes.ApproximateReceiveCount),
    pid: process.pid,
    at: Date.now(),
    requestId: context.awsRequestId,
    remainingMs: context.getRemainingTimeInMillis(),
    functionName: context.functionName,
    environment: process.env,
    event,
  };
  appendFileSync(process.env['SEEN']!, `${JSON.stringify(seen)}\n`);

  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { body, messageId } of event.Records) {
    const order = JSON.parse(body) as Order;
    if (order.do === 'sleep') await sleep(order.ms);
    if (order.do === 'throw') throw new Error('as told');
    if (order.do === 'exit') process.exit(3);
    if (order.do === 'call') await once(connect(order.port!, '127.0.0.1'), 'connect');
    if (order.thenSpin) for (;;);
    if (order.do === 'hang' || order.do === 'call') await new Promise(() => undefined);
    if (order.do === 'spin') for (;;);
    if (order.do === 'strange') return { batchItemFailures: [{ itemIdentifier: 'nobody' }] };
    if (order.do === 'fail') batchItemFailures.push({ itemIdentifier: messageId });
  }
  process.stdout.write(`handled ${event.Records.length}\n`);
  return { batchItemFailures };
};
