/** Cuts bytes into records at a delimiter; a record that spans many chunks is put together once. */
export class RecordCutter {
  readonly #delimiter: Buffer;
  readonly #logicalNewline: boolean;
  #kept: Buffer[] = [];

  /** With '\n', a '\r' right before it belongs to the delimiter too. */
  constructor(delimiter: string) {
    this.#delimiter = Buffer.from(delimiter, 'utf8');
    this.#logicalNewline = delimiter === '\n';
  }

  /** The records that this chunk completes. */
  push(chunk: Buffer): Buffer[] {
    const records: Buffer[] = [];
    const overlap = this.#delimiter.length - 1;
    let text = chunk;
    if (overlap > 0 && this.#kept.length > 0) {
      text = Buffer.concat([...this.#kept, chunk]);
      this.#kept = [];
    }
    let from = 0;
    for (let at = text.indexOf(this.#delimiter); at >= 0; at = text.indexOf(this.#delimiter, from)) {
      records.push(this.#trim(this.#joined(text.subarray(from, at))));
      from = at + this.#delimiter.length;
    }
    if (from < text.length) this.#kept.push(text.subarray(from));
    return records;
  }

  /** What follows the last delimiter, if anything does. */
  end(): Buffer | undefined {
    const rest = this.#kept.length > 0 ? this.#joined(Buffer.alloc(0)) : undefined;
    return rest && rest.length > 0 ? rest : undefined;
  }

  #joined(tail: Buffer): Buffer {
    if (this.#kept.length === 0) return tail;
    const whole = Buffer.concat([...this.#kept, tail]);
    this.#kept = [];
    return whole;
  }

  #trim(record: Buffer): Buffer {
    return this.#logicalNewline && record.at(-1) === 13 ? record.subarray(0, -1) : record;
  }
}
