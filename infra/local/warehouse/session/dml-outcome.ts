import type { Column, RowChange, StatementKind, Translated } from '../contract.ts';
import { integer, status, STATEMENT_TYPE, type Outcome } from './outcome.ts';

const OF_KIND: Partial<Record<StatementKind, { did: RowChange['did']; type: number }>> = {
  insert: { did: 'inserted', type: STATEMENT_TYPE.insert },
  update: { did: 'updated', type: STATEMENT_TYPE.update },
  delete: { did: 'deleted', type: STATEMENT_TYPE.delete },
};

/** The result row of a DML statement: how many rows it inserted, updated, deleted. */
export const dmlOutcome = (translated: Translated, counts: readonly number[]): Outcome => {
  const { kind } = translated;
  if (kind === 'truncate')
    return { ...status('Statement executed successfully.', STATEMENT_TYPE.delete), changed: sum(counts) };
  if (kind === 'merge') return mergeOutcome(translated, counts);
  if (kind === 'multi-insert') return multiInsertOutcome(translated, counts);
  const { did, type } = OF_KIND[kind] ?? { did: 'inserted', type: STATEMENT_TYPE.ddl };
  const count = translated.counts ? counted(translated, counts, did) : (counts.at(-1) ?? 0);
  const columns = [numberOf(did)];
  const row = [String(count)];
  if (kind === 'update') {
    columns.push(integer('number of multi-joined rows updated'));
    row.push(String(sum(counts.filter((_, i) => translated.counts?.[i]?.multiJoined))));
  }
  return { columns, rows: [row], chunks: [], statementType: type, changed: count };
};

const mergeOutcome = (translated: Translated, counts: readonly number[]): Outcome => {
  const kinds = (['inserted', 'updated', 'deleted'] as const).filter((did) =>
    translated.counts?.some((change) => change?.did === did),
  );
  const numbers = kinds.map((did) => counted(translated, counts, did));
  return {
    columns: kinds.map(numberOf),
    rows: [numbers.map(String)],
    chunks: [],
    statementType: STATEMENT_TYPE.merge,
    changed: sum(numbers),
  };
};

const multiInsertOutcome = (translated: Translated, counts: readonly number[]): Outcome => {
  const byTable = new Map<string, number>();
  translated.counts?.forEach((change, i) => {
    if (change?.table !== undefined) byTable.set(change.table, (byTable.get(change.table) ?? 0) + (counts[i] ?? 0));
  });
  return {
    columns: [...byTable.keys()].map((table) => integer(`number of rows inserted into ${table}`)),
    rows: [[...byTable.values()].map(String)],
    chunks: [],
    statementType: STATEMENT_TYPE.multiInsert,
    changed: sum([...byTable.values()]),
  };
};

const numberOf = (did: RowChange['did']): Column => integer(`number of rows ${did}`);

const counted = (translated: Translated, counts: readonly number[], did: RowChange['did']): number =>
  sum(counts.filter((_, i) => translated.counts?.[i]?.did === did));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
