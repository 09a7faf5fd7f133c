import type { FunctionHandler } from '../javascript/function-handlers.ts';

/** Calls of one place in a statement's text. */
interface Site {
  readonly routine: number;
  /** By the arguments, as JSON: one answer for each call that was made with them. */
  readonly answers: Map<string, (string | null)[]>;
  readonly taken: Map<string, number>;
  missing: string[];
}

/** Calls whose answers are not known yet; they all stand in one place of the text. */
export interface Missing {
  readonly routine: number;
  readonly rows: readonly string[];
  readonly answer: (values: readonly (string | null)[]) => void;
}

/**
 * The calls of external functions in one statement. DuckDB cannot wait for a remote service: it is told NULL for calls without an answer,
 * they are answered once it is through, and the statement runs again. A row that was sent is not sent a second time.
 */
export class Calls {
  readonly #sites = new Map<number, Site>();
  /** The handlers of the functions in JavaScript that it calls, by number: they go with it. */
  readonly handlers = new Map<number, FunctionHandler>();

  /** Another run begins: each call takes its answer anew. */
  rewind(): void {
    for (const site of this.#sites.values()) {
      site.taken.clear();
      site.missing = [];
    }
  }

  /** The answer to one call; NULL where it is missing. */
  take(number: number, routine: number, row: string): string | null {
    let site = this.#sites.get(number);
    if (site === undefined) {
      site = { routine, answers: new Map(), taken: new Map(), missing: [] };
      this.#sites.set(number, site);
    }
    const taken = site.taken.get(row) ?? 0;
    site.taken.set(row, taken + 1);
    const answers = site.answers.get(row) ?? [];
    if (taken < answers.length) return answers[taken]!;
    site.missing.push(row);
    return null;
  }

  /** The calls to make next: those of the innermost place, on whose answers others may depend. */
  get missing(): Missing | undefined {
    const numbers = [...this.#sites.keys()].toSorted((a, b) => a - b);
    const site = numbers.map((number) => this.#sites.get(number)!).find(({ missing }) => missing.length > 0);
    if (site === undefined) return undefined;
    const { routine, missing: rows, answers } = site;
    return {
      routine,
      rows,
      answer: (values) => {
        for (const [i, row] of rows.entries()) {
          const known = answers.get(row);
          if (known === undefined) answers.set(row, [values[i]!]);
          else known.push(values[i]!);
        }
      },
    };
  }
}
