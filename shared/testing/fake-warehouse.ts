import type { QueryTag, Result, Value, Warehouse } from '../snowflake/warehouse.ts';
import type { Statement } from '../sql/statement.ts';

type Row = Readonly<Record<string, Value>>;

/** What a statement gives: rows, a number of rows changed, or an error. */
export type Given = readonly Row[] | number | Error;

/** One answer for every call of a statement, or a list of them: one a call, the last one for the rest. */
export interface Answers {
  readonly [statement: string]: Given | { readonly inTurn: readonly [Given, ...Given[]] };
}

/** A warehouse that runs nothing: it records what it was asked, and answers by the statement's name. */
export interface FakeWarehouse extends Warehouse {
  readonly statements: readonly Statement[];
  readonly tags: readonly QueryTag[];
  /** Names of all statements in order; those of a transaction stand between `begin` and `commit` or `rollback`. */
  readonly journal: readonly string[];
}

/** A fake warehouse with these answers; a statement that has none changes nothing and finds nothing. */
export const fakeWarehouse = (answers: Answers = {}): FakeWarehouse => {
  const statements: Statement[] = [];
  const tags: QueryTag[] = [];
  const journal: string[] = [];

  const given = (name: string): Given => {
    const answer = answers[name] ?? [];
    if (typeof answer !== 'object' || !('inTurn' in answer)) return answer;
    const call = statements.filter((it) => it.name === name).length;
    return answer.inTurn[Math.min(call, answer.inTurn.length) - 1]!;
  };

  const send = (statement: Statement, { pipeline, batchId, attempt }: QueryTag): Result => {
    statements.push(statement);
    tags.push({ pipeline, batchId, attempt });
    journal.push(statement.name);
    const answer = given(statement.name);
    if (answer instanceof Error) throw answer;
    const [rows, rowsChanged] = typeof answer === 'number' ? [[], answer] : [answer, 0];
    return { rows, rowsChanged, queryId: `query-${statements.length}` };
  };

  return {
    statements,
    tags,
    journal,
    run: async (statement, tag) => send(statement, tag),
    follow: async (statement, tag) => send(statement, tag),
    async transaction(all, tag, _course, expect) {
      journal.push('begin');
      try {
        const results = all.map((statement) => send(statement, tag));
        expect?.(results);
        journal.push('commit');
        return results;
      } catch (error) {
        journal.push('rollback');
        throw error;
      }
    },
  };
};
