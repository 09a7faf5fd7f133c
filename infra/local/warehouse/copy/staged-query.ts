import { unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import type { Options } from '../stages/format-options.ts';
import { isStage } from './parse-copy.ts';

/** The name under which a transformation sees the staged rows. */
export const STAGED = '@STAGED';

/** A query over a stage as text that translation understands: `$1` is a column, the stage is a table. */
export interface StagedQuery {
  readonly text: string;
  /** The highest `$n` that it reads. */
  readonly width: number;
}

/** Rewrites a query's tokens; `source` is the text that they were read from, starting at `offset`. The stages are called as `nameOf` says, by their places. */
export const stagedQuery = (
  tokens: readonly Token[],
  source: string,
  offset: number,
  nameOf: (place: number) => string | undefined = () => STAGED,
): StagedQuery => {
  let width = 1;
  let text = '';
  let from = tokens[0]!.start;
  const end = tokens.at(-1)!.end;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    const isColumn = token.kind === 'variable' && /^\d+$/.test(token.value);
    const name = isStage(token) ? nameOf(i) : undefined;
    if (!isColumn && name === undefined) continue;
    text += source.slice(from - offset, token.start - offset);
    text += `"${name ?? `$${token.value}`}"`;
    from = token.end;
    if (isColumn) width = Math.max(width, Number(token.value));
    else if (tokens[i + 1]?.text === '(' && tokens[i + 3]?.text === '=>') {
      const close = closing(tokens, i + 1);
      from = tokens[close]!.end;
      i = close;
    }
  }
  return { text: text + source.slice(from - offset, end - offset), width };
};

/** The place of the parenthesis that closes the one at `open`. */
export const closing = (tokens: readonly Token[], open: number): number => {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    if (tokens[i]!.text === '(') depth += 1;
    if (tokens[i]!.text === ')') depth -= 1;
    if (depth === 0) return i;
  }
  return tokens.length - 1;
};

/** What `@stage (FILE_FORMAT => name, PATTERN => '...')` says in a query. */
export const stageArguments = (
  tokens: readonly Token[],
  at = tokens.findIndex(isStage),
): { fileFormat: Options | undefined; pattern: string | undefined } => {
  const found: { fileFormat: Options | undefined; pattern: string | undefined } = {
    fileFormat: undefined,
    pattern: undefined,
  };
  if (at < 0 || tokens[at + 1]?.text !== '(' || tokens[at + 3]?.text !== '=>') return found;
  const close = closing(tokens, at + 1);
  for (let i = at + 2; i < close; i += 1) {
    if (tokens[i + 1]?.text !== '=>') continue;
    const name = tokens[i]!.value;
    const value: Token[] = [];
    for (i += 2; i < close && tokens[i]!.text !== ','; i += 1) value.push(tokens[i]!);
    const written = value[0]?.kind === 'string' ? value[0].value : value.map(({ text }) => text).join('');
    if (name === 'FILE_FORMAT') found.fileFormat = { FORMAT_NAME: written };
    else if (name === 'PATTERN') found.pattern = written;
    else throw unexpected(tokens[i - 1]!);
  }
  return found;
};
