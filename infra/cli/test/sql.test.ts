import { describe, expect, it } from '@jest/globals';
import { Json, type Cell } from '../cells.ts';
import { writeJson, writeTable } from '../commands/sql.ts';
import type { Result } from '../session.ts';
import { fakeTerminal } from './fake-terminal.ts';

const resultOf = (names: readonly string[], rows: Iterable<readonly Cell[]>): Result => ({
  columns: names.map((name) => ({ name, isNumber: name.startsWith('N') })),
  rows: (async function* () {
    yield* rows;
  })(),
});

function* numbered(count: number): Generator<readonly Cell[]> {
  for (let index = 1; index <= count; index += 1) yield [index, `text ${index}`];
}

describe('a result as JSON', () => {
  it('is an array of objects', async () => {
    const { terminal, said } = fakeTerminal();
    await writeJson(
      terminal,
      resultOf(
        ['A', 'N', 'V'],
        [
          ['x', '1.50', new Json('{"b":[1]}')],
          [null, 2, null],
        ],
      ),
    );
    expect(JSON.parse(said.result)).toEqual([
      { A: 'x', N: '1.50', V: { b: [1] } },
      { A: null, N: 2, V: null },
    ]);
    expect(said.note).toBe('');
  });

  it('is an empty array without rows', async () => {
    const { terminal, said } = fakeTerminal();
    await writeJson(terminal, resultOf(['A'], []));
    expect(JSON.parse(said.result)).toEqual([]);
  });

  it('is whole however many rows there are', async () => {
    const { terminal, said } = fakeTerminal();
    await writeJson(terminal, resultOf(['N', 'A'], numbered(20_000)));
    expect(JSON.parse(said.result)).toHaveLength(20_000);
  });
});

describe('a result as a table', () => {
  it('aligns numbers right and counts its rows', async () => {
    const { terminal, said } = fakeTerminal();
    await writeTable(terminal, resultOf(['N', 'A'], numbered(10)));
    const lines = said.result.split('\n');
    expect(lines[0]).toBe(' N  A');
    expect(lines[2]).toBe(' 1  text 1');
    expect(lines[11]).toBe('10  text 10');
    expect(lines[12]).toBe('(10 rows)');
  });

  it('goes on after the rows that it was measured by', async () => {
    const { terminal, said } = fakeTerminal();
    await writeTable(terminal, resultOf(['N', 'A'], numbered(1203)));
    const lines = said.result.trimEnd().split('\n');
    expect(lines).toHaveLength(2 + 1203 + 1);
    expect(lines.at(-1)).toBe('(1,203 rows)');
  });

  it('says which columns had no room', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `COLUMN_NUMBER_${index + 1}`);
    const { terminal, said } = fakeTerminal(60);
    await writeTable(terminal, resultOf(names, [names.map(() => 'a value')]));
    expect(said.result).toMatch(
      /no room for \d+ more columns: .*COLUMN_NUMBER_12; a wider terminal or --json shows them/,
    );
  });
});
