import type { Value } from '../../contract.ts';
import { tokenize } from '../../sql/lexer.ts';
import { quoteSnowflakeString } from '../../sql/string-literal.ts';
import type { Token } from '../../sql/token.ts';
import { bindInOrder } from '../binds.ts';
import type { Command, StatementContext } from '../command.ts';
import { evaluate } from '../evaluate.ts';
import { shown } from '../literal.ts';
import { runTranslated } from '../run-translated.ts';
import { commonTablesBefore, dynamicPivots, type DynamicPivot } from './pivot-places.ts';

const QUERIES = new Set(['SELECT', 'WITH', 'INSERT']);

/** Queries whose PIVOT finds its columns in the data, by ANY or a subquery: the values are read first and then stand in its list. */
export const dynamicPivotQueries: Command = {
  matches: (words, tokens) => QUERIES.has(words[0] ?? '') && dynamicPivots(tokens).length > 0,
  run: async (context) => {
    let { text, values } = bindInOrder(context.statement, context.binds);
    for (let [pivot] = dynamicPivots(tokenize(text)); pivot; [pivot] = dynamicPivots(tokenize(text))) {
      const tokens = tokenize(text);
      const binds = (from: number, to: number): number =>
        tokens.slice(from, to).filter(({ kind }) => kind === 'bind').length;
      const [before, inside] = [binds(0, pivot.listOpen), binds(pivot.listOpen, pivot.listClose)];
      const list = await valuesOf(context, text, tokens, pivot, values);
      text = text.slice(0, tokens[pivot.listOpen]!.end) + list.join(', ') + text.slice(tokens[pivot.listClose]!.start);
      values = [...values.slice(0, before), ...values.slice(before + inside)];
    }
    return runTranslated({ ...context, statement: { text, tokens: tokenize(text) }, binds: { positional: values } });
  },
};

const valuesOf = async (
  context: StatementContext,
  text: string,
  tokens: readonly Token[],
  pivot: DynamicPivot,
  values: readonly Value[],
): Promise<string[]> => {
  const written = (from: number, to: number): string => text.slice(tokens[from]!.start, tokens[to]!.end);
  const common = commonTablesBefore(tokens, pivot.sourceFirst);
  const prefix = common === undefined ? '' : `${written(0, common)} `;
  const first = pivot.listOpen + 1;
  const column = written(pivot.columnFirst, pivot.columnLast);
  const rest =
    pivot.any && pivot.listClose > first + 1 ? written(first + 1, pivot.listClose - 1) : `ORDER BY ${column}`;
  const query = pivot.any
    ? `SELECT DISTINCT ${column} FROM ${written(pivot.sourceFirst, pivot.sourceLast)} ${rest}`
    : written(first, pivot.listClose - 1);
  const used = (from: number, to: number): Value[] => {
    const count = (end: number): number => tokens.slice(0, end).filter(({ kind }) => kind === 'bind').length;
    return values.slice(count(from), count(to));
  };
  const own = pivot.any ? used(pivot.sourceFirst, pivot.sourceLast + 1) : used(first, pivot.listClose);
  const { columns, rows } = await evaluate(
    context,
    prefix + query,
    common === undefined ? own : [...used(0, common + 1), ...own],
  );
  const found = rows.flatMap(([cell]) => (cell === null || cell === undefined ? [] : [cell]));
  // A list needs a value: this one is nowhere.
  return found.length === 0 ? ['NULL'] : found.map((cell) => constant({ type: columns[0]!.type, text: cell }));
};

const constant = (value: Value): string =>
  ['fixed', 'real', 'boolean'].includes(value.type) ? value.text! : quoteSnowflakeString(shown(value)!);
