import { expect, it } from '@jest/globals';
import { closeInOrder } from './close-in-order.ts';

it('stops the last started first', async () => {
  const stopped: string[] = [];
  const closer = (name: string) => ({ name, close: async () => stopped.push(name) });

  await closeInOrder([closer('queues'), closer('bus')]);

  expect(stopped).toEqual(['bus', 'queues']);
});

it('names what does not stop, and stops the rest', async () => {
  const stopped: string[] = [];
  const said: string[] = [];

  await closeInOrder(
    [
      { name: 'queues', close: async () => stopped.push('queues') },
      { name: 'bus', close: () => new Promise(() => undefined) },
    ],
    { patienceSeconds: 0.01, warn: (text) => said.push(text) },
  );

  expect(stopped).toEqual(['queues']);
  expect(said).toEqual(['bus did not stop within 0.01 s and is left behind']);
});
