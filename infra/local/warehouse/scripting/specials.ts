import type { Result } from './host.ts';
import type { Raised } from './raised.ts';
import { plainText, truth, wholeNumber, type TypedValue } from './value.ts';

/** The variables that the language sets itself: what the latest DML did, and the exception being handled. */
export class Specials {
  #changed: number | undefined;
  #queryId: string | undefined;
  readonly #handled: Raised[] = [];

  /** Takes note of a statement that has run. */
  ran(result: Result): void {
    this.#changed = result.changed;
    this.#queryId = result.queryId;
  }

  get handled(): Raised | undefined {
    return this.#handled.at(-1);
  }

  enterHandler(raised: Raised): void {
    this.#handled.push(raised);
  }

  leaveHandler(): void {
    this.#handled.pop();
  }

  find(name: string): TypedValue | undefined {
    const changed = this.#changed;
    switch (name) {
      case 'SQLROWCOUNT':
        return changed === undefined ? { ...wholeNumber(0), text: null } : wholeNumber(changed);
      case 'SQLFOUND':
        return truth(changed === undefined ? null : changed > 0);
      case 'SQLNOTFOUND':
        return truth(changed === undefined ? null : changed === 0);
      case 'SQLID':
        return plainText(this.#queryId ?? null);
      case 'SQLCODE':
        return wholeNumber(Number(this.handled?.code ?? 0));
      case 'SQLERRM':
        return plainText(this.handled?.message ?? null);
      case 'SQLSTATE':
        return plainText(this.handled?.state ?? null);
      default:
        return undefined;
    }
  }
}
