import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Contract, EventOf } from '../../events/contract.ts';
import { BatchLoaded } from '../../events/batch-loaded.v1.ts';
import { BatchTriggered } from '../../events/batch-triggered.v1.ts';
import { example, exampleMessage } from '../testing/examples.ts';
import { delivered } from '../testing/queue.ts';
import { scheduledMessage } from '../topology.ts';
import { on, onSchedule, readMessage } from './reading.ts';

const loaded = example(BatchLoaded);
const { detail } = exampleMessage(BatchLoaded.type);
const body = (type: unknown, of: unknown): string => JSON.stringify({ 'detail-type': type, detail: of });

const reading = (text: string) => {
  const handled: EventOf<Contract>[] = [];
  const route = on(BatchLoaded, async (event) => void handled.push(event));
  const read = readMessage(text, [route]);
  return { type: read.type, envelope: read.envelope, run: () => read.run(), handled };
};

describe('a message', () => {
  it('is read from the body in which EventBridge delivers it', async () => {
    const { run, type, envelope, handled } = reading(delivered(loaded));

    await run();

    expect(type).toBe(BatchLoaded.type);
    expect(envelope).toMatchObject({ id: loaded.id, batchId: loaded.batchId });
    expect(handled).toEqual([loaded]);
  });

  it("is read as Snowflake's notification spells it, without EventBridge's own fields", async () => {
    const { run, handled } = reading(JSON.stringify(exampleMessage(BatchLoaded.type)));

    await run();

    expect(handled).toEqual([loaded]);
  });

  it('may carry fields that its reader does not know yet', async () => {
    const { run, handled } = reading(body(BatchLoaded.type, { ...detail, since: 'v1.1' }));

    await run();

    expect(handled).toEqual([loaded]);
  });

  it.each(['', 'not JSON', '[]', 'null', '{}', '{"detail-type":1,"detail":{}}'])(
    'that is no event at all (%j) is a defect',
    (text) => {
      expect(() => reading(text)).toThrow(expect.objectContaining({ kind: 'Defect' }));
    },
  );

  it('either reads as an event or is a defect, whatever it is', () => {
    const outcome = (text: string): string => {
      try {
        return typeof reading(text).type;
      } catch (error) {
        return (error as { kind?: string }).kind ?? String(error);
      }
    };

    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(['string', 'Defect']).toContain(outcome(text));
      }),
    );
  });

  it('that nobody here listens to is refused, with what is listened to', async () => {
    const { run, envelope } = reading(delivered(example(BatchTriggered)));

    await expect(run()).rejects.toMatchObject({
      kind: 'BadMessage',
      message: 'no handler for batch.triggered.v1; this service hears batch.loaded.v1',
    });
    expect(envelope).toMatchObject({ batchId: loaded.batchId });
  });

  it('that breaks its contract is refused: each place is named, no value is', async () => {
    const { run, envelope, handled } = reading(
      body(BatchLoaded.type, { ...detail, data: { target: 'SECRET', rows: 'SECRET', documents: 1 } }),
    );

    await expect(run()).rejects.toMatchObject({
      kind: 'BadMessage',
      message:
        'batch.loaded.v1 breaks its contract: data.target invalid_format; data.rows invalid_type; data.superseded invalid_type',
    });
    expect(envelope).toBeDefined();
    expect(handled).toEqual([]);
  });

  it('whose envelope is broken belongs to no batch that could be told', () => {
    expect(reading(body(BatchLoaded.type, { ...detail, batchId: 'small letters' })).envelope).toBeUndefined();
    expect(reading(body(BatchLoaded.type, null)).envelope).toBeUndefined();
  });
});

describe("a schedule's message", () => {
  const text = JSON.stringify(scheduledMessage('sweep'));

  it('runs what the schedule is for, and is about no batch', async () => {
    let runs = 0;
    const read = readMessage(text, [
      on(BatchLoaded, async () => undefined),
      onSchedule('sweep', async () => void runs++),
    ]);

    await read.run();

    expect(read).toMatchObject({ type: 'sweep', envelope: undefined });
    expect(runs).toBe(1);
  });

  it('is refused by a service that has no such schedule', async () => {
    const read = readMessage(text, [onSchedule('sweep-up', async () => undefined)]);

    await expect(read.run()).rejects.toThrow('no handler for sweep; this service hears sweep-up');
  });
});
