import type { Token } from '../../sql/token.ts';

/** Writes `DIRECTORY(@stage)` as a table function of a text, which the parser can read. */
export const directories = (tokens: readonly Token[]): Token[] => {
  const written: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    const [open, stage, close] = tokens.slice(i + 1, i + 4);
    if (token.value !== 'DIRECTORY' || open?.text !== '(' || stage?.kind !== 'stage' || close?.text !== ')') {
      written.push(token);
      continue;
    }
    const value = `@${stage.value.replace(/^@/, '')}`;
    const text = `'${value.replaceAll("'", "''")}'`;
    written.push(
      { ...token, text: 'TABLE', value: 'TABLE' },
      open,
      token,
      open,
      { ...stage, kind: 'string', text, value },
      close,
      close,
    );
    i += 3;
  }
  return written;
};
