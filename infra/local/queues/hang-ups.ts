import type { App, SqsStore } from './fauxqs.ts';

/** Puts messages back when the poller that waited for them has hung up; else they would stay hidden for a whole visibility timeout. */
export const returnUnheard = (app: App, store: SqsStore): void =>
  void app.addHook('onSend', async (request, _reply, payload) => {
    const asked = request.headers['x-amz-target'] === 'AmazonSQS.ReceiveMessage';
    if (!asked || !request.raw.socket.destroyed || typeof payload !== 'string') return;
    const queue = store.getQueue((request.body as { QueueUrl: string }).QueueUrl);
    const { Messages = [] } = JSON.parse(payload) as { Messages?: { ReceiptHandle: string }[] };
    for (const { ReceiptHandle } of Messages) queue?.changeVisibility(ReceiptHandle, 0);
  });
