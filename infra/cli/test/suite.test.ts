import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkSuite, explainSuite } from '../commands/suite.ts';
import { fakeTerminal } from './fake-terminal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'firn-suite-'));
});
afterAll(() => rm(folder, { recursive: true }));

const context = () => {
  const { terminal, said } = fakeTerminal();
  return { said, context: { terminal, stop: new AbortController().signal, firn: './firn' } };
};
const file = async (json: unknown): Promise<string> => {
  const path = join(folder, 'goods.json');
  await writeFile(path, typeof json === 'string' ? json : JSON.stringify(json));
  return path;
};

describe('firn suite', () => {
  it("checks a pipeline's own suites, and tells what each expectation does", async () => {
    const { said, context: it } = context();

    expect(await checkSuite(it, 'orders', {})).toBe(0);
    expect(said.result).toContain('orders.extracted: 18 expectations, all can be judged');
    expect(said.result).toMatch(/column_values_to_not\S* +SKU +quarantine +is missing/);
  });

  it('tells all that is wrong with a file, by name and place', async () => {
    const { said, context: it } = context();
    const path = await file({ expectations: [{ type: 'expect_magic' }, 1] });

    expect(await checkSuite(it, path, { json: true })).toBe(1);
    expect(JSON.parse(said.result).faults).toEqual([
      expect.stringMatching(/^suite goods: expectations\[0\] expect_magic: unknown expectation/),
      expect.stringMatching(/^suite goods: expectations\[1\]/),
    ]);
    expect(await checkSuite(it, await file('{'), {})).toBe(1);
  });

  it('refuses what is neither file nor pipeline', async () => {
    await expect(checkSuite(context().context, 'nothing', {})).rejects.toThrow('no file nothing, and no pipeline');
  });

  it('explains what a suite becomes, with its values', async () => {
    const { said, context: it } = context();
    const kwargs = { column: 'A', value_set: ["it's ?", 'b'] };
    const path = await file({ expectations: [{ type: 'expect_column_values_to_be_in_set', kwargs }] });

    expect(await explainSuite(it, path, {})).toBe(0);
    expect(said.result).toContain(`count_if(not (t."A" in ('it''s ?', 'b'))) as "BROKEN_1"`);
    expect(said.result).toContain('-- goods: find-offenders');
  });
});
