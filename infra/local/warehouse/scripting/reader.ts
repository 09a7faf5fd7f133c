import { Cursor } from '../sql/cursor.ts';
import { tokenize } from '../sql/lexer.ts';
import { unexpected } from '../sql/syntax-error.ts';
import type { Token } from '../sql/token.ts';
import type { Block, Fragment, Statement } from './ast.ts';

/** How the parts of the parser reach the whole. */
export interface Nested {
  block(reader: Reader): Block;
  /** Statements up to one of these words, which stays. */
  statements(reader: Reader, ...ends: readonly string[]): Statement[];
}

/** Reads a block's source: a cursor that can also hand out stretches of it as they were written. */
export class Reader extends Cursor {
  readonly nested: Nested;
  readonly #source: string;

  constructor(source: string, nested: Nested) {
    super(tokenize(source));
    this.#source = source;
    this.nested = nested;
  }

  /** Everything up to one of these words or signs, none of which is inside parentheses or a CASE expression; it must not be empty. */
  until(...ends: readonly string[]): Fragment {
    const taken: Token[] = [];
    let depth = 0;
    let cases = 0;
    for (let token = this.peek(); ; token = this.peek()) {
      if (token.kind === 'end') throw unexpected(token);
      if (depth === 0 && cases === 0 && ends.includes(token.kind === 'word' ? token.value : token.text)) break;
      if (token.kind === 'operator' && (token.text === '(' || token.text === '[')) depth += 1;
      if (token.kind === 'operator' && (token.text === ')' || token.text === ']')) depth -= 1;
      if (depth < 0) throw unexpected(token);
      if (token.kind === 'word' && token.value === 'CASE') cases += 1;
      if (token.kind === 'word' && token.value === 'END' && cases > 0) cases -= 1;
      taken.push(this.next());
    }
    if (taken.length === 0) throw unexpected(this.peek());
    return fragmentOf(this.#source, taken);
  }

  /** What stands in the parentheses that come next. */
  inParentheses(): Fragment {
    this.expect('(');
    const inside = this.until(')');
    this.expect(')');
    return inside;
  }

  /** `:a, :b` or `a, b`. */
  variables(): string[] {
    const names: string[] = [];
    do names.push(this.peek().kind === 'bind' ? this.next().value : this.identifier());
    while (this.accept(','));
    return names;
  }

  /** Items between commas, in the parentheses that come next. */
  items(): Fragment[] {
    this.expect('(');
    const items: Fragment[] = [];
    if (this.accept(')')) return items;
    do items.push(this.until(',', ')'));
    while (this.accept(','));
    this.expect(')');
    return items;
  }
}

/** The source from the first of these tokens to the last. */
export const fragmentOf = (source: string, tokens: readonly Token[]): Fragment => {
  const first = tokens[0]!;
  const last = tokens.at(-1)!;
  const end: Token = { ...last, kind: 'end', text: '', value: '', start: last.end };
  return { text: source.slice(first.start, last.end), tokens: [...tokens, end] };
};
