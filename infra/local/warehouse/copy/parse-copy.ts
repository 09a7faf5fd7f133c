import type { Cursor } from '../sql/cursor.ts';
import { unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import { readOptions, type Options } from '../stages/format-options.ts';
import { parseStageReference, type StageReference } from '../stages/stage-reference.ts';

/** Where COPY takes its files from: a stage, or an address of its own. */
export type CopySource = StageReference | { readonly url: string };

/** A COPY INTO <table> statement. */
export interface CopyStatement {
  readonly target: readonly string[];
  readonly columns: readonly string[] | undefined;
  readonly source: CopySource;
  /** The transformation's tokens, where there is one. */
  readonly query: readonly Token[] | undefined;
  readonly options: Options;
}

/** Reads COPY INTO <table> up to the end of the statement. */
export const parseCopy = (cursor: Cursor): CopyStatement => {
  cursor.expect('COPY', 'INTO');
  const target = cursor.name();
  const columns = cursor.at('(') ? cursor.list(() => cursor.identifier()) : undefined;
  const named = cursor.accept('FROM');
  const query = named && cursor.at('(') ? parenthesised(cursor) : undefined;
  const source = query !== undefined ? stageOf(query) : named ? sourceOf(cursor.next()) : ownStage(target);
  const options = readOptions(cursor, () => true);
  cursor.finish();
  return { target, columns, source, query, options };
};

/** Where no FROM says it, files are those of the table's own stage. */
const ownStage = (table: readonly string[]): StageReference => ({ of: 'table', name: table, path: '' });

/** The stage or address that a token names. */
export const sourceOf = (token: Token): CopySource => {
  if (token.kind === 'stage') return parseStageReference(token.value);
  if (token.kind !== 'string') throw unexpected(token);
  return token.value.startsWith('@') ? parseStageReference(token.value.slice(1)) : { url: token.value };
};

const stageOf = (query: readonly Token[]): CopySource => {
  const found = query.find(isStage);
  if (found === undefined) throw unexpected(query[0]!);
  return sourceOf(found);
};

/** Whether a token names a stage: `@stage`, or `'@stage/with special characters'`. */
export const isStage = (token: Token): boolean =>
  token.kind === 'stage' || (token.kind === 'string' && token.text.startsWith("'@"));

const parenthesised = (cursor: Cursor): Token[] => {
  cursor.expect('(');
  const inside: Token[] = [];
  for (let depth = 0; depth > 0 || !cursor.at(')');) {
    const token = cursor.next();
    if (token.kind === 'end') throw unexpected(token);
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    inside.push(token);
  }
  cursor.expect(')');
  return inside;
};
