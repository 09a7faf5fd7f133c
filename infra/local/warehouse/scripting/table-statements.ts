import type { Token } from '../sql/token.ts';

const READING = new Set(['SELECT', 'WITH', 'VALUES', 'INSERT', 'UPDATE', 'DELETE', 'MERGE']);

/** Whether a statement reads tables itself: blocks and the bodies of what is created do so later. */
export const readsTables = (tokens: readonly Token[]): boolean => {
  const [first] = tokens;
  if (READING.has(first!.value)) return tokens[3]?.value !== 'PROCEDURE';
  return (
    first!.text === '(' || (first!.value === 'CREATE' && tokens.slice(0, 4).some(({ value }) => value === 'TABLE'))
  );
};
