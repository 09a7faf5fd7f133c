/**
 * What a transaction may see of others: every transaction numbered below `next` that is not in `active` had committed, or vanished,
 * before this one began.
 */
export interface Frontier {
  readonly next: number;
  readonly active: readonly number[];
}

const BLOCK = 100_000;

/** Hands out numbers that never come again, for transactions and for catalog objects, and knows which transactions are under way. */
export class TransactionNumbers {
  readonly #active = new Set<number>();
  readonly #reserve: (below: number) => Promise<void>;
  #next: number;
  #reserved: number;
  #reserving: Promise<void> | undefined;

  /** `first` must be above every number handed out before; `reserve` makes durable that all numbers below may be in use. */
  constructor(first: number, reserve: (below: number) => Promise<void>) {
    this.#next = first;
    this.#reserved = first;
    this.#reserve = reserve;
  }

  async take(): Promise<number> {
    while (this.#next >= this.#reserved) await this.#extend();
    this.#next += 1;
    return this.#next - 1;
  }

  /** Counts a transaction as under way from now on; its frontier is captured in the same instant. */
  async begin(): Promise<{ number: number; frontier: Frontier }> {
    while (this.#next >= this.#reserved) await this.#extend();
    const number = this.#next;
    const frontier = { next: number, active: [...this.#active] };
    this.#next += 1;
    this.#active.add(number);
    return { number, frontier };
  }

  /** To be called once DuckDB has committed or rolled back, never before: what is not active counts as visible. */
  end(number: number): void {
    this.#active.delete(number);
  }

  async #extend(): Promise<void> {
    this.#reserving ??= this.#reserve(this.#next + BLOCK).then(() => {
      this.#reserved = this.#next + BLOCK;
      this.#reserving = undefined;
    });
    await this.#reserving;
  }
}
