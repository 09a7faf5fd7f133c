/** What is to be sent: written by the sender's transaction, taken out once the topic has taken it. */
export const QUEUE = '_catalog.notification_queue';

const senders = new WeakMap<object, () => void>();

/** Has the sender of this database called whenever something was queued and committed. */
export const onQueued = (database: object, call: () => void): void => void senders.set(database, call);

/** Says that something was queued and committed. */
export const tellQueued = (database: object): void => senders.get(database)?.();
