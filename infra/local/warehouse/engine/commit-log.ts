/** Remembers which relations the latest commits changed, so that a transaction can tell whether its snapshot is still fresh. */
export class CommitLog {
  readonly #last = new Map<string, number>();
  #position = 0;

  get position(): number {
    return this.#position;
  }

  /** Returns the commit's position. */
  record(keys: Iterable<string>): number {
    this.#position += 1;
    for (const key of keys) this.#last.set(key, this.#position);
    return this.#position;
  }

  /** Whether any of these relations was changed by a commit after this position. */
  changedSince(position: number, keys: Iterable<string>): boolean {
    for (const key of keys) if ((this.#last.get(key) ?? 0) > position) return true;
    return false;
  }
}
