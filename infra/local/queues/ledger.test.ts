import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { stores, type Ledger } from './fauxqs.ts';
import { openLedger } from './ledger.ts';

const message = {
  messageId: 'm1',
  body: 'body',
  md5OfBody: '',
  messageAttributes: {},
  md5OfMessageAttributes: '',
  sentTimestamp: 1,
  approximateReceiveCount: 6,
};
let dataDir: string;
let ledger: Ledger;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'firn-ledger-'));
  ledger = await openLedger(dataDir);
  const { sqsStore } = await stores();
  sqsStore.persistence = ledger;
  for (const name of ['orders', 'dead']) sqsStore.createQueue(name, `http://q/${name}`, `arn:${name}`);
  ledger.insertMessage('orders', message);
});
afterEach(() => {
  ledger.close();
  rmSync(dataDir, { recursive: true });
});
const onDisk = () => {
  const rows = ledger['db'].prepare('SELECT queue_name FROM sqs_messages').all() as { queue_name: string }[];
  return rows.map((row) => row.queue_name);
};

it('never lacks a message that moves to the dead letters', async () => {
  ledger.deleteMessage('m1');
  expect(onDisk()).toEqual(['orders']);
  ledger.insertMessage('dead', message);
  expect(onDisk()).toEqual(['dead']);

  await Promise.resolve();

  expect(onDisk()).toEqual(['dead']);
});

it('forgets a deleted message before an answer can be sent', async () => {
  ledger.deleteMessage('m1');
  await Promise.resolve();

  expect(onDisk()).toEqual([]);
});
