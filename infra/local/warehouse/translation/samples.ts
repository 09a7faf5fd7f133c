import type { Context } from './context.ts';
import { compilationError, unsupported } from './failures.ts';
import { kindOf, nodeAt, partsOf } from './tree.ts';
import type { Node, Parts } from './tree.ts';

const METHODS: Readonly<Record<string, string>> = {
  Bernoulli: 'bernoulli',
  Row: 'bernoulli',
  System: 'system',
  Block: 'system',
};

/** SAMPLE or TABLESAMPLE behind an item of FROM, as DuckDB has it: a share of the rows, or a number of them. */
export const sampleClause = (sample: Parts, context: Context): string => {
  const size = constant(nodeAt(sample, 'size'));
  const seed = nodeAt(sample, 'seed');
  const repeatable = seed ? ` REPEATABLE (${constant(seed)})` : '';
  if (sample['unit_after_size'] === true) {
    if (size > 1_000_000 || !Number.isInteger(size)) throw outside(size, '1000000');
    return ` TABLESAMPLE reservoir(${size} ROWS)${repeatable}`;
  }
  if (size > 100) throw outside(size, '100');
  const method = METHODS[String(sample['method'])];
  if (!method) throw unsupported(`SAMPLE ${String(sample['method'])}`);
  return ` TABLESAMPLE ${method}(${size} PERCENT)${repeatable}`;

  function constant(node: Node | undefined): number {
    const value = node && kindOf(node) === 'literal' ? Number(partsOf(node)['value']) : Number.NaN;
    if (Number.isNaN(value)) throw unsupported('SAMPLE with a size that is no number');
    return value;
  }

  function outside(value: number, most: string): Error {
    return compilationError(
      '001015',
      '22023',
      `Sampling size ${value} is not in the range from 0 to ${most}.`,
      context.place(sample),
    );
  }
};
