import type { Run } from '../engine/duck.ts';
import type { Frontier } from '../engine/transaction-numbers.ts';
import { quoteString } from '../sql/string-literal.ts';

const TABLE = '_catalog.stream_offsets';

/** What DuckDB keeps for streams, made if it is not there. */
export const createOffsets = async (run: Run): Promise<void> => {
  await run(
    `CREATE TABLE IF NOT EXISTS ${TABLE} (stream BIGINT, next BIGINT, active BIGINT[], initial BOOLEAN, moved_at TIMESTAMPTZ);
     CREATE SEQUENCE IF NOT EXISTS _catalog.row_ids`,
  );
};

/** Sets a new stream to what the transaction that makes it can see. */
export const setOffset = async (
  run: Run,
  stream: number,
  frontier: Frontier,
  initial: boolean,
  at: Date,
): Promise<void> => {
  await run(`INSERT INTO ${TABLE} VALUES (${stream}, ${frontier.next}, ${list(frontier)}, ${initial}, ${time(at)})`);
};

/** Sets a new stream to where another one stands. */
export const copyOffset = async (run: Run, stream: number, from: number): Promise<void> => {
  await run(
    `INSERT INTO ${TABLE} SELECT ${stream}, next, active, initial, moved_at FROM ${TABLE} WHERE stream = ${from}`,
  );
};

/**
 * Moves a stream to what the transaction saw when it began; never back, since one that began earlier may end later. A stream that
 * still showed the rows it began with stays where it was made, and shows changes from then on.
 */
export const moveOffset = async (run: Run, stream: number, frontier: Frontier, at: Date): Promise<void> => {
  await run(
    `UPDATE ${TABLE} SET next = CASE WHEN initial THEN next ELSE ${frontier.next} END, active = CASE WHEN initial THEN active ELSE ${list(frontier)} END,
       initial = FALSE, moved_at = ${time(at)} WHERE stream = ${stream} AND next <= ${frontier.next}`,
  );
};

/** Forgets a stream. */
export const dropOffset = async (run: Run, stream: number): Promise<void> => {
  await run(`DELETE FROM ${TABLE} WHERE stream = ${stream}`);
};

/** When the stream was last made or moved. */
export const movedAt = async (run: Run, stream: number): Promise<Date | undefined> => {
  const [row] =
    (await (await run(`SELECT epoch_ms(moved_at) AS at FROM ${TABLE} WHERE stream = ${stream}`)).getRowObjects()) ?? [];
  return row === undefined ? undefined : new Date(Number(row['at']));
};

const list = ({ active }: Frontier): string => `[${active.join(', ')}]::BIGINT[]`;
const time = (at: Date): string => `TIMESTAMPTZ ${quoteString(at.toISOString())}`;
