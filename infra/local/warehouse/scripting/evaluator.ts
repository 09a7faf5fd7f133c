import type { ColumnType } from '../catalog/column-types.ts';
import { unsupported } from '../catalog/errors.ts';
import { SnowflakeError } from '../contract.ts';
import type { Fragment, Query } from './ast.ts';
import { bindExpression, bindPositional, bindStatement, type Lookup } from './bind-text.ts';
import type { Host, Result } from './host.ts';
import { literalValue } from './literal-value.ts';
import { variableFor } from './out-arguments.ts';
import { failing } from './raised.ts';
import type { Scope } from './scope.ts';
import type { Specials } from './specials.ts';
import { cellValue, resultType, typeText, type TypedValue } from './value.ts';

/** Evaluates expressions and runs statements with the variables of a scope. */
export class Evaluator {
  readonly #host: Host;
  readonly #specials: Specials;
  readonly #nested: (query: Query, scope: Scope) => Promise<Result> | undefined;

  /** `nested` answers calls of procedures that the block itself declares. */
  constructor(host: Host, specials: Specials, nested: (query: Query, scope: Scope) => Promise<Result> | undefined) {
    this.#host = host;
    this.#specials = specials;
    this.#nested = nested;
  }

  /** The value of an expression, brought to a type if one is given. */
  async value(expression: Fragment, scope: Scope, type?: ColumnType): Promise<TypedValue> {
    const known = literalValue(expression, type);
    return known ?? failing('expression', expression.tokens[0]!, () => this.#computed(expression, scope, type));
  }

  async #computed(expression: Fragment, scope: Scope, type: ColumnType | undefined): Promise<TypedValue> {
    const { text, values } = bindExpression(expression, scope, this.#lookup(scope));
    const cast = type === undefined ? `SELECT (${text})` : `SELECT CAST((${text}) AS ${typeText(type)})`;
    const [row] = await firstRows(await this.#host.evaluate(cast, values), 1);
    const value = row![0]!;
    return type === undefined ? { ...resultType(value), text: value.text } : { ...type, text: value.text };
  }

  /** Whether a condition holds; NULL does not. */
  async holds(condition: Fragment, scope: Scope): Promise<boolean> {
    const { text } = await this.value(condition, scope, { type: 'boolean' });
    return text === '1';
  }

  /** Brings a value to a type, as an assignment does. */
  async cast(value: TypedValue, type: ColumnType): Promise<TypedValue> {
    if (
      value.type === type.type &&
      value.precision === type.precision &&
      value.scale === type.scale &&
      value.length === type.length
    )
      return value;
    const { text, values } = bindPositional(`SELECT CAST(? AS ${typeText(type)})`, [value]);
    const [row] = await firstRows(await this.#host.evaluate(text, values), 1);
    return { ...type, text: row![0]!.text };
  }

  /** Runs a statement of the block. */
  async run(query: Query, scope: Scope): Promise<Result> {
    const nested = this.#nested(query, scope);
    if (nested !== undefined) return nested;
    const bound = query.dynamic
      ? await this.#dynamic(query, scope)
      : bindStatement(query.sql, scope, this.#lookup(scope));
    const result = await this.#host.execute(bound.text, bound.values);
    this.#specials.ran(result);
    for (const out of result.outcome.outs ?? []) {
      if (query.dynamic) throw unsupported('OUT arguments in EXECUTE IMMEDIATE');
      const variable = scope.need('value', variableFor(query.sql, out));
      const value = cellValue(out, out.text);
      variable.value = await this.cast(value, variable.type ?? value);
    }
    return result;
  }

  /** Runs a query that is written out, with values for its `?`. */
  async open(query: Fragment, scope: Scope, using: readonly Fragment[]): Promise<Result> {
    const given: TypedValue[] = [];
    for (const one of using) given.push(await this.value(one, scope));
    const named = bindStatement(query, scope, this.#lookup(scope));
    if (given.length > 0 && named.values.length > 0) {
      throw new SnowflakeError('000002', '0A000', "Unsupported feature 'a cursor query with both ? and :name binds'.");
    }
    const bound = given.length > 0 ? bindPositional(named.text, given) : named;
    const result = await this.#host.execute(bound.text, bound.values);
    this.#specials.ran(result);
    return result;
  }

  async #dynamic(query: Extract<Query, { dynamic: true }>, scope: Scope) {
    const { text } = await this.value(query.text, scope, { type: 'text' });
    const given: TypedValue[] = [];
    for (const one of query.using) given.push(await this.value(one, scope));
    return bindPositional(text ?? '', given);
  }

  #lookup(scope: Scope): Lookup {
    return (name, field) => {
      const found = scope.find(name);
      if (found?.kind === 'value') return found.value;
      if (found?.kind === 'row' && field !== undefined) return found.fields.get(field);
      return found === undefined ? this.#specials.find(name) : undefined;
    };
  }
}

/** The first rows of a result, at most so many. */
export const firstRows = async (result: Result, most: number): Promise<(readonly TypedValue[])[]> => {
  const rows: (readonly TypedValue[])[] = [];
  for await (const row of result.rows()) {
    rows.push(row);
    if (rows.length >= most) break;
  }
  return rows;
};
