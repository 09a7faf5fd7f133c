import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Statement } from '../sql/statement.ts';

/** A statement as a golden file shows it: its text, and below it what is bound. */
export const rendered = ({ text, binds }: Statement): string => `${text}\n-- binds: ${JSON.stringify(binds)}\n`;

/**
 * Compares statements with the files `golden/<name>.sql` beside a test (`golden/<name>.<variant>.sql` for a variant).
 * With UPDATE_GOLDENS=1 it writes them instead: read the difference before you commit it.
 */
export const golden = (testUrl: string) => {
  const folder = new URL('golden/', testUrl);
  return (statement: Statement | undefined, variant?: string): void => {
    if (!statement) throw new Error('there is no such statement to compare with its golden file');
    const file = new URL([statement.name, ...(variant ? [variant] : []), 'sql'].join('.'), folder);
    if (process.env['UPDATE_GOLDENS'] === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, rendered(statement));
    }
    expect(rendered(statement)).toBe(readFileSync(file, 'utf8'));
  };
};
