import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBResult } from '@duckdb/node-api';
import { wireJson, wireValue } from '../engine/wire-values.ts';
import type { Chunk, WireRow } from './outcome.ts';

/** Text that a result may hold in memory before the rest goes to files. */
const INLINE_BYTES = 1_000_000;
const CHUNK_BYTES = 4_000_000;

/** Reads a streaming result to its end: its first rows stay in memory, the others go to files of rows joined by commas. */
export const collect = async (
  result: DuckDBResult,
  directory: string,
  name: string,
): Promise<{ rows: WireRow[]; chunks: Chunk[] }> => {
  const isJson = Array.from({ length: result.columnCount }, (_, i) => result.columnType(i).alias === 'JSON');
  const rows: WireRow[] = [];
  let inline = 0;
  let spool: Spool | undefined;
  try {
    for (
      let chunk = await result.fetchChunk();
      chunk !== null && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      const columns = Array.from({ length: chunk.columnCount }, (_, i) =>
        chunk.getColumnValues(i).map(isJson[i] ? wireJson : wireValue),
      );
      const texts: string[] = [];
      for (let at = 0; at < chunk.rowCount; at += 1) {
        const row = columns.map((column) => column[at]!);
        if (spool === undefined && inline < INLINE_BYTES) {
          rows.push(row);
          for (const cell of row) inline += (cell?.length ?? 0) + 3;
        } else texts.push(JSON.stringify(row));
      }
      if (texts.length > 0) {
        spool ??= new Spool(directory, name);
        await spool.write(texts);
      }
    }
    return { rows, chunks: spool ? await spool.end() : [] };
  } catch (error) {
    await spool?.end();
    throw error;
  }
};

class Spool {
  readonly #path: string;
  readonly #chunks: Chunk[] = [];
  #file: FileHandle | undefined;
  #rows = 0;
  #bytes = 0;

  constructor(directory: string, name: string) {
    this.#path = join(directory, name);
  }

  async write(rows: readonly string[]): Promise<void> {
    this.#file ??= await open(this.#pathOf(this.#chunks.length), 'w');
    const text = `${this.#rows > 0 ? ',\n' : ''}${rows.join(',\n')}`;
    await this.#file.write(text);
    this.#rows += rows.length;
    this.#bytes += Buffer.byteLength(text);
    if (this.#bytes >= CHUNK_BYTES) await this.#next();
  }

  async end(): Promise<Chunk[]> {
    await this.#next();
    return this.#chunks;
  }

  async #next(): Promise<void> {
    if (this.#file === undefined) return;
    await this.#file.close();
    this.#chunks.push({ file: this.#pathOf(this.#chunks.length), rows: this.#rows, bytes: this.#bytes });
    this.#file = undefined;
    this.#rows = 0;
    this.#bytes = 0;
  }

  #pathOf(index: number): string {
    return `${this.#path}-${index}`;
  }
}
