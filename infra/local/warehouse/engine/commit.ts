import type { Duck } from './duck.ts';
import type { TransactionSpace } from './transaction-settings.ts';

/** Commits what a session's DuckDB transaction has written, one commit of the warehouse after another; returns its position. */
export const commit = (
  duck: Duck,
  { turn, committing, commits }: TransactionSpace,
  written: ReadonlySet<string>,
): Promise<number> =>
  turn.run(async () => {
    const committed = await committing(written);
    await duck.run('COMMIT');
    const position = commits.record(written);
    committed(position);
    return position;
  });
