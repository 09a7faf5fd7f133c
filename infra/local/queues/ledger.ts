import { ledgerClass, type Ledger } from './fauxqs.ts';

/**
 * Opens the SQLite file in which queues, topics and objects live. What a call acknowledged survives `kill -9`; the file is synced by
 * checkpoint, so that only a power cut may cost the last moments.
 */
export const openLedger = async (dataDir: string): Promise<Ledger> => {
  const Ledger = await ledgerClass();
  const ledger = new Ledger(dataDir);
  ledger['db'].exec('PRAGMA synchronous = NORMAL');
  keepsReceiveCounts(ledger);
  movesInOneStatement(ledger);
  return ledger;
};

/** Before loading: gives queues the addresses of this run, and shows messages again whose receivers ended with the run before. */
export const reopen = (ledger: Ledger, endpoint: string, account: string): void => {
  ledger['db'].prepare('UPDATE sqs_queues SET url = ? || name').run(`${endpoint}/${account}/`);
  // The stack's functions die with it: nobody is left to finish what was in flight. Such a receive is not the message's fault, and not counted.
  ledger['db']
    .prepare(
      'UPDATE sqs_messages SET approximate_receive_count = approximate_receive_count - 1 WHERE visibility_deadline > ?',
    )
    .run(Date.now());
  ledger['db'].exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
};

/** As it comes, the store clears a NOT NULL column when a message is made visible at once: the call fails and the message is lost until restart. */
const keepsReceiveCounts = (ledger: Ledger): void => {
  const makeReady = ledger['db'].prepare(
    'UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?',
  );
  ledger.updateMessageReady = (id) => void makeReady.run(id);
};

/**
 * A move to the dead letters comes as a delete and an insert of the same message; a crash between them would lose it. The insert replaces the
 * row anyway, so the delete waits for the end of the turn, before any answer is sent, and is dropped when the message turned up elsewhere.
 */
const movesInOneStatement = (ledger: Ledger): void => {
  const leaving = new Set<string>();
  const remove = ledger.deleteMessage.bind(ledger);
  const insert = ledger.insertMessage.bind(ledger);
  ledger.deleteMessage = (id) => {
    leaving.add(id);
    queueMicrotask(() => {
      if (leaving.delete(id)) remove(id);
    });
  };
  ledger.insertMessage = (queue, message) => {
    leaving.delete(message.messageId);
    insert(queue, message);
  };
};
