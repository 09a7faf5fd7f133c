import { describe, expect, it } from '@jest/globals';
import type { BatchFailed } from '../../../events/batch-failed.v1.ts';
import { ReplayRequested } from '../../../events/replay-requested.v1.ts';
import { example } from '../../../shared/testing/examples.ts';
import { nextOf } from '../commands/batch.ts';
import { batchLife } from '../flow/batch-life.ts';
import { previewLine, previewOf } from '../operate/replay-preview.ts';
import { batchPage } from '../view/batch-page.ts';
import { widthOf } from '../view/text.ts';
import { extracted, failed, transformed, wholeBatch } from './events.ts';
import { fakeTerminal } from './fake-terminal.ts';

const { terminal } = fakeTerminal(80);
const untilTransform = wholeBatch().slice(0, 4);
const broken = [...untilTransform, failed('ORDERS has no column X', { at: 900 })];
const request = example(ReplayRequested, { batchId: 'B1' }, { from: null });

describe("a batch's life", () => {
  it('tells what each stage took in, gave out and held back', () => {
    expect(batchLife(wholeBatch())?.stages.map((it) => [it.stage, it.rowsIn, it.rowsOut, it.rowsLess])).toEqual([
      ['extract', 10, 30, 0],
      ['validate-extracted', 30, 25, 5],
      ['transform', 25, 22, 3],
      ['validate-transformed', 30, 30, 0],
      ['load', 22, 18, 4],
    ]);
  });

  it('takes a stage from its newest attempt, and an event once', () => {
    const again = transformed(20, { documents: 1, rows: 3 }, { at: 5000, attempt: 2 });
    const life = batchLife([...wholeBatch(), again, again, extracted(10, 30, { at: 600 })]);

    expect(life?.stages.find((it) => it.stage === 'transform')).toMatchObject({ attempt: 2, rowsOut: 20 });
    expect(life?.events.filter((it) => it.id === again.id)).toHaveLength(1);
  });

  it('says in 80 columns what went wrong, of which class, whose stage it is and what to type', () => {
    const life = batchLife(broken)!;
    const lines = batchPage(terminal, life, `./firn ${nextOf(life, true)}`, []);

    expect(lines.join('\n')).toContain('error  ORDERS has no column X');
    expect(lines.join('\n')).toContain('class  defect: a promise of ours is broken');
    expect(lines.join('\n')).toContain('services/transform/README.md');
    expect(lines.at(-1)).toBe('next   ./firn replay B1');
    expect(lines.filter((it) => it.includes('─') || /^\d\d:/.test(it)).every((it) => widthOf(it) <= 80)).toBe(true);
  });

  it('leads to the validation where an expectation on the whole batch has stopped it', () => {
    const expectations = [{ rule: 'expect_table_row_count_to_equal', expected: '3', observed: '2' }];
    const verdict = { stage: 'extracted' as const, broken: 1, expectations };
    const stopped = failed('3 rows expected', { at: 900 }) as BatchFailed;
    const life = batchLife([...untilTransform, { ...stopped, data: { ...stopped.data, verdict } }])!;

    expect(nextOf(life, true)).toBe('validation B1');
  });

  it('is nothing where no event is known', () => {
    expect(batchLife([])).toBeUndefined();
  });
});

describe('a replay that is only looked at', () => {
  it('says which stages run again on which rows', () => {
    const preview = previewOf(broken, request, new Date());

    expect(preview).toMatchObject({ attempt: 2, stages: ['transform', 'validate', 'load'], rows: 30, loaded: 0 });
    expect(previewLine(preview).join(' ')).toContain('nothing of it is loaded yet');
  });

  it('says what is loaded already', () => {
    expect(previewOf(wholeBatch(), request, new Date())).toMatchObject({
      attempt: 2,
      stages: ['extract', 'validate', 'transform', 'validate', 'load'],
      loaded: 18,
    });
  });

  it('knows what was done for the same incident', () => {
    const preview = previewOf([...broken, request], request, new Date());

    expect(preview.isDone).toBe(true);
    expect(previewLine(preview)).toEqual(['  B1  has been replayed for this incident already']);
  });

  it('says why not', () => {
    const preview = previewOf([], request, new Date());

    expect(previewLine(preview)[0]).toContain('can not be replayed: nothing is known of a batch B1');
  });
});
