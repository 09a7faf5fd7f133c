import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { StartService } from '../services.ts';
import { onQueued, QUEUE } from './queue.ts';

// A transaction may end a while after it queued: for that long the sender looks often, otherwise now and then.
const POLL_MS = 50;
const IDLE_POLL_MS = 1000;
const OFTEN_FOR_MS = 10_000;
const LONGEST_PAUSE_MS = 5000;

/** Sends what is queued, oldest first, until the topic has taken it: at least once, also after a crash. */
export const startNotifications: StartService = async ({ database, options }) => {
  const { own } = database;
  await own.run(`CREATE SEQUENCE IF NOT EXISTS _catalog.notification_ids`);
  await own.run(
    `CREATE TABLE IF NOT EXISTS ${QUEUE} (id BIGINT DEFAULT nextval('_catalog.notification_ids'), topic VARCHAR, body VARCHAR)`,
  );
  const { sns } = options;
  if (sns === undefined) return { close: async () => undefined };
  const { endpoint, region, accessKeyId, secretAccessKey } = sns;
  const client = new SNSClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let pause = POLL_MS;
  let queuedAt = Date.now();
  let sending: Promise<void> = Promise.resolve();

  const send = async (): Promise<void> => {
    const queued = await own.rows(`SELECT id, topic, body FROM ${QUEUE} ORDER BY id LIMIT 10`);
    for (const { id, topic, body } of queued) {
      await client.send(new PublishCommand({ TopicArn: String(topic), Message: String(body) }));
      await own.run(`DELETE FROM ${QUEUE} WHERE id = ${String(id)}`);
    }
  };
  const next = (): void => {
    timer = undefined;
    sending = send().then(
      () => void (pause = Date.now() - queuedAt < OFTEN_FOR_MS ? POLL_MS : IDLE_POLL_MS),
      () => void (pause = Math.min(2 * pause, LONGEST_PAUSE_MS)),
    );
    void sending.then(() => {
      if (!closed) timer = setTimeout(next, pause).unref();
    });
  };
  next();
  onQueued(database, () => {
    queuedAt = Date.now();
    if (timer === undefined || closed || pause !== IDLE_POLL_MS) return;
    clearTimeout(timer);
    pause = POLL_MS;
    next();
  });
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await sending;
      client.destroy();
    },
  };
};
