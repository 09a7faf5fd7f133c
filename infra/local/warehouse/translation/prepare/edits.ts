import type { Token } from '../../sql/token.ts';

/** Changes to a statement's tokens, kept apart from the tokens so that every rewrite sees the statement as it was written. */
export class Edits {
  readonly tokens: readonly Token[];
  readonly #before = new Map<number, string>();
  readonly #after = new Map<number, string>();
  readonly #instead = new Map<number, string>();

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  before(index: number, text: string): void {
    this.#before.set(index, (this.#before.get(index) ?? '') + text);
  }

  after(index: number, text: string): void {
    this.#after.set(index, (this.#after.get(index) ?? '') + text);
  }

  /** Puts a text in the place of the tokens from `index` to `last`; an empty one drops them. */
  replace(index: number, text: string, last = index): void {
    this.#instead.set(index, text);
    for (let i = index + 1; i <= last; i += 1) this.#instead.set(i, '');
  }

  isReplaced(index: number): boolean {
    return this.#instead.has(index);
  }

  /** The text for the parser, and from any offset in it back to the token that it came from. */
  render(prefix: string): { text: string; tokenAt(offset: number): Token } {
    let text = prefix;
    const starts: number[] = [];
    this.tokens.forEach((token, i) => {
      starts.push(text.length);
      const own = this.#instead.get(i) ?? token.text;
      text += `${this.#before.get(i) ?? ''} ${own}${this.#after.get(i) ?? ''}`;
    });
    return {
      text,
      tokenAt: (offset) =>
        this.tokens[
          Math.max(
            0,
            starts.findLastIndex((start) => start <= offset),
          )
        ]!,
    };
  }
}

/** The index of the bracket that closes the one at `open`; the end of the statement where it stays open. */
export const closing = (tokens: readonly Token[], open: number): number => {
  let depth = 0;
  for (let i = open; i < tokens.length; i += 1) {
    if (isOperator(tokens[i], '(', '[', '{')) depth += 1;
    else if (isOperator(tokens[i], ')', ']', '}')) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return tokens.length - 1;
};

export const isOperator = (token: Token | undefined, ...operators: readonly string[]): boolean =>
  token?.kind === 'operator' && operators.includes(token.text);

export const isWord = (token: Token | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.value);
