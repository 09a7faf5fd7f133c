/** What is to be sent: written by the sender's transaction, taken out once the topic has taken it. */
export const QUEUE = '_catalog.notification_queue';
