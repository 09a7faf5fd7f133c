import { tokenize } from './lexer.ts';
import { unexpected } from './syntax-error.ts';
import type { Token } from './token.ts';

/** Reads tokens from left to right, for small recursive-descent parsers. */
export class Cursor {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  /** The token `ahead` places on, without taking it; past the end it is the `end` token. */
  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  /** Whether these words or operators come next, in this order. */
  at(...words: readonly string[]): boolean {
    return words.every((word, i) => is(this.peek(i), word));
  }

  /** Takes these words or operators if all of them come next. */
  accept(...words: readonly string[]): boolean {
    if (!this.at(...words)) return false;
    this.#at += words.length;
    return true;
  }

  /** Takes these words or operators, or stops with a syntax error at the first other token. */
  expect(...words: readonly string[]): void {
    for (const word of words) if (!this.accept(word)) throw unexpected(this.peek());
  }

  /** Takes whichever of the words comes next. */
  acceptAny(words: readonly string[]): string | undefined {
    return words.find((word) => this.accept(word));
  }

  /** One folded name, also as `IDENTIFIER('...')`. */
  identifier(): string {
    if (this.at('IDENTIFIER', '(') && this.peek(2).kind === 'string') {
      const at = this.peek();
      const [name, ...more] = this.name();
      if (more.length > 0) throw unexpected(at);
      return name!;
    }
    const token = this.next();
    if (token.kind !== 'word' && token.kind !== 'quoted') throw unexpected(token);
    return token.value;
  }

  /** A dotted name of one to three folded parts; `IDENTIFIER('...')` counts as the name inside. `db..t` leaves the schema empty. */
  name(): string[] {
    if (this.at('IDENTIFIER', '(') && this.peek(2).kind === 'string') {
      const inside = new Cursor(tokenize(this.peek(2).value));
      const parts = inside.name();
      inside.finish();
      this.next();
      this.next();
      this.next();
      this.expect(')');
      return parts;
    }
    const parts = [this.identifier()];
    while (this.accept('.')) parts.push(this.at('.') ? '' : this.identifier());
    return parts;
  }

  string(): string {
    const token = this.next();
    if (token.kind !== 'string') throw unexpected(token);
    return token.value;
  }

  /** A whole or decimal number, with its sign. */
  number(): number {
    const sign = this.accept('-') ? -1 : 1;
    const token = this.next();
    if (token.kind !== 'number') throw unexpected(token);
    return sign * Number(token.value);
  }

  /** Items of `( a, b, ... )`. */
  list<T>(item: () => T): T[] {
    this.expect('(');
    const items: T[] = [];
    if (this.accept(')')) return items;
    do items.push(item());
    while (this.accept(','));
    this.expect(')');
    return items;
  }

  /** The end of the statement must be here. */
  finish(): void {
    this.accept(';');
    if (!this.atEnd) throw unexpected(this.peek());
  }

  /** The tokens not yet taken, with `end`. */
  rest(): readonly Token[] {
    return this.#tokens.slice(this.#at);
  }
}

const is = (token: Token, word: string): boolean =>
  token.kind === 'word' ? token.value === word : token.kind === 'operator' && token.text === word;
