const NEXT = /\bnextval\(('(?:[^']|'')*')\)/gi;

/** Statements that take the numbers of sequences out of lists, and what makes the lists: DuckDB writes to one database in a transaction, and counting is writing. */
export const reservedNumbers = (
  statements: readonly string[],
): { statements: readonly string[]; reserve: (rows: number) => readonly string[] } => {
  const sequences: string[] = [];
  const taking = statements.map((sql) =>
    sql.replaceAll(
      NEXT,
      (_, sequence: string) => `getvariable('staged_numbers_${sequences.push(sequence)}')[row_number() OVER ()]`,
    ),
  );
  return {
    statements: taking,
    reserve: (rows) =>
      sequences.map(
        (sequence, i) =>
          `SET VARIABLE staged_numbers_${i + 1} = (SELECT list(nextval(${sequence})) FROM range(${rows}))`,
      ),
  };
};
