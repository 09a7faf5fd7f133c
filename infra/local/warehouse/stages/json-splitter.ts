const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = new Set([0x7b, 0x5b]);
const CLOSE = new Set([0x7d, 0x5d]);
const BETWEEN = new Set([0x20, 0x09, 0x0a, 0x0d, 0x2c]);

/** Finds where one JSON document ends and the next begins, without judging what is inside. */
export class JsonSplitter {
  readonly #stripOuterArray: boolean;
  #kept: Buffer[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #inside = false;
  #inArray = false;

  constructor(stripOuterArray: boolean) {
    this.#stripOuterArray = stripOuterArray;
  }

  /** The documents that this chunk completes. */
  push(chunk: Buffer): Buffer[] {
    const documents: Buffer[] = [];
    let from = this.#inside ? 0 : -1;
    const finish = (end: number): void => {
      documents.push(Buffer.concat([...this.#kept, chunk.subarray(from, end)]));
      this.#kept = [];
      this.#inside = false;
      from = -1;
    };
    for (let i = 0; i < chunk.length; i += 1) {
      const byte = chunk[i]!;
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          if (this.#depth === 0) finish(i + 1);
        }
        continue;
      }
      if (this.#depth === 0 && this.#stripOuterArray && byte === (this.#inArray ? 0x5d : 0x5b)) {
        if (this.#inside) finish(i);
        this.#inArray = !this.#inArray;
        continue;
      }
      if (this.#depth === 0 && BETWEEN.has(byte)) {
        if (this.#inside) finish(i);
        continue;
      }
      if (!this.#inside) {
        this.#inside = true;
        from = i;
      }
      if (byte === QUOTE) this.#inString = true;
      else if (OPEN.has(byte)) this.#depth += 1;
      else if (CLOSE.has(byte) && this.#depth > 0) {
        this.#depth -= 1;
        if (this.#depth === 0) finish(i + 1);
      }
    }
    if (this.#inside) this.#kept.push(chunk.subarray(from));
    return documents;
  }

  /** What the last chunk left unfinished, to be refused by name. */
  end(): Buffer[] {
    return this.#inside ? [Buffer.concat(this.#kept)] : [];
  }
}
