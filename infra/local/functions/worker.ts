import { enableCompileCache, flushCompileCache } from 'node:module';
import { env } from 'node:process';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Context } from 'aws-lambda';
import type { Invocation, Saying } from './invocation.ts';

/** Runs in a function's process: loads its handler and answers one invocation at a time, as Lambda's runtime does. */
const [handlerPath, cacheDir] = process.argv.slice(2) as [string, string];

// The stack's death, however sudden, ends its functions, even one that never gives way: so it is a thread of its own that
// hears of it. Ctrl-C reaches them too, but it is the stack that drains them.
new Worker(new URL('end-with-stack.ts', import.meta.url), { env: {}, execArgv: [] }).unref();
process.on('SIGINT', () => undefined);

const say = (saying: Saying): void => void process.send?.(saying);

const contextOf = ({ requestId, deadline }: Invocation): Omit<Context, 'done' | 'fail' | 'succeed'> => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: env['AWS_LAMBDA_FUNCTION_NAME']!,
  functionVersion: env['AWS_LAMBDA_FUNCTION_VERSION']!,
  invokedFunctionArn: `arn:aws:lambda:${env['AWS_REGION']}:000000000000:function:${env['AWS_LAMBDA_FUNCTION_NAME']}`,
  memoryLimitInMB: env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']!,
  awsRequestId: requestId,
  logGroupName: env['AWS_LAMBDA_LOG_GROUP_NAME']!,
  logStreamName: env['AWS_LAMBDA_LOG_STREAM_NAME']!,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

enableCompileCache(cacheDir);
const { handler } = (await import(pathToFileURL(handlerPath).href)) as {
  handler?: (event: unknown, context: unknown) => unknown;
};
if (typeof handler !== 'function') throw new Error(`${handlerPath} exports no function named handler`);

// Functions end by being killed, which writes nothing.
flushCompileCache();

process.on('message', (invocation: Invocation) => {
  const { requestId } = invocation;
  void (async () => handler(invocation.event, contextOf(invocation)))()
    .then((answer) => JSON.stringify(answer) ?? 'null')
    .then(
      (payload) => say({ kind: 'returned', requestId, payload }),
      (error: unknown) => {
        process.stderr.write(`${requestId} ${error instanceof Error ? error.stack : String(error)}\n`);
        say({
          kind: 'threw',
          requestId,
          message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
        });
      },
    );
});
say({ kind: 'ready' });
