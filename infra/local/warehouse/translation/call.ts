import { as } from './coerce.ts';
import { uncollated } from './collations.ts';
import type { Context } from './context.ts';
import { notEnoughArguments, tooManyArguments, unsupported } from './failures.ts';
import type { Scope } from './scope.ts';
import { kindOf, nodeAt, partsOf, textAt } from './tree.ts';
import type { Node } from './tree.ts';
import { BOOLEAN, INTEGER, REAL, TEXT, VARIANT } from './types.ts';
import type { Type, Typed } from './types.ts';

/** What surrounds a call: DISTINCT, WITHIN GROUP, IGNORE NULLS, OVER. */
export interface CallParts {
  readonly name: string;
  readonly nodes: readonly Node[];
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  /** ORDER BY of WITHIN GROUP, as DuckDB text. */
  readonly order?: string;
  readonly orderNodes?: readonly Node[];
  /** OVER (...), as DuckDB text. */
  readonly over?: string;
  /** The window without its order and frame, where it has no name. */
  readonly partition?: string;
  /** Whether the window has a frame of its own. */
  readonly framed?: boolean;
}

/** Functions whose text has the collation of what they are given. */
export const KEEPING = new Set('CONCAT LEFT LOWER LPAD REPEAT REVERSE RIGHT RPAD SUBSTR SUBSTRING UPPER'.split(' '));

/** Functions that heed the collation of what they are given, or have no need of it. */
const COLLATED = new Set(
  `ANY_VALUE ARRAYAGG ARRAY_AGG COALESCE COLLATE COLLATION CONTAINS COUNT DECODE ENDSWITH EQUAL_NULL FIRST_VALUE IFF IFNULL LAG LAST_VALUE LEAD LEN LENGTH LISTAGG MAX MAX_BY
   MIN MIN_BY NTH_VALUE NULLIF NVL NVL2 STARTSWITH SYSTEM$TYPEOF TO_VARIANT`.split(/\s+/),
);

/** One function call of the statement; its arguments are translated when first asked for. */
export class Call {
  readonly context: Context;
  readonly scope: Scope;
  readonly parts: CallParts;
  readonly #args = new Map<number, Typed>();

  constructor(parts: CallParts, context: Context, scope: Scope) {
    this.parts = parts;
    this.context = context;
    this.scope = scope;
  }

  get name(): string {
    return this.parts.name;
  }

  get count(): number {
    return this.parts.nodes.length;
  }

  has(index: number): boolean {
    return index < this.count;
  }

  arg(index: number): Typed {
    const known = this.#args.get(index);
    if (known) return known;
    const node = this.parts.nodes[index];
    if (!node) throw notEnoughArguments(this.name, index + 1, this.count);
    if (kindOf(node) === 'named_argument') throw unsupported(`named arguments of ${this.name}`);
    const found = this.context.expression(node, this.scope);
    const typed = COLLATED.has(this.name) || KEEPING.has(this.name) ? found : uncollated(found, this.name);
    this.#args.set(index, typed);
    return typed;
  }

  get args(): readonly Typed[] {
    return this.parts.nodes.map((_, i) => this.arg(i));
  }

  as(index: number, type: Type): string {
    return as(this.arg(index), type);
  }

  text(index: number): string {
    return this.as(index, TEXT);
  }

  integer(index: number): string {
    const { sql, type } = this.arg(index);
    return type.name === 'fixed' && !type.scale && /^\(?-?\d+\)?$/.test(sql)
      ? sql
      : `CAST(${this.as(index, INTEGER)} AS BIGINT)`;
  }

  real(index: number): string {
    return this.as(index, REAL);
  }

  boolean(index: number): string {
    return this.as(index, BOOLEAN);
  }

  variant(index: number): string {
    return this.as(index, VARIANT);
  }

  /** A name in an argument's place, such as the unit of DATEADD: bare, or a string. */
  word(index: number): string {
    const node = this.parts.nodes[index];
    if (!node) throw notEnoughArguments(this.name, index + 1, this.count);
    if (kindOf(node) === 'column' && !partsOf(node)['table']) return this.context.identifier(partsOf(node)['name']);
    const literal = this.literal(index);
    if (literal === undefined) throw unsupported(`${this.name} with a computed argument ${index + 1}`);
    return literal;
  }

  /** The text of a string literal, or undefined where the argument is anything else. */
  literal(index: number): string | undefined {
    const node = this.parts.nodes[index];
    return node && this.#constant(node);
  }

  /** Literals that are put together by `||` are one. */
  #constant(node: Parameters<typeof kindOf>[0]): string | undefined {
    const { left, right } = partsOf(node) as { left?: typeof node; right?: typeof node };
    if (kindOf(node) === 'concat' && left && right) {
      const [start, end] = [this.#constant(left), this.#constant(right)];
      return start === undefined || end === undefined ? undefined : start + end;
    }
    if (kindOf(node) !== 'literal' || partsOf(node)['literal_type'] !== 'string') return undefined;
    const value = textAt(partsOf(node), 'value');
    return value === undefined ? undefined : this.context.string(value);
  }

  /** The nodes of `NAME => value` arguments by upper-cased name. */
  get named(): ReadonlyMap<string, Node> {
    return new Map(
      this.parts.nodes
        .filter((node) => kindOf(node) === 'named_argument')
        .map((node) => [this.context.identifier(partsOf(node)['name']), nodeAt(partsOf(node), 'value')!]),
    );
  }

  /** DuckDB's call of an aggregate or window function, with this call's DISTINCT, order and window. */
  aggregate(duckName: string, args: string, options: { order?: string } = {}): string {
    const { distinct, over, ignoreNulls } = this.parts;
    const order = options.order ? ` ORDER BY ${options.order}` : '';
    return `${duckName}(${distinct ? 'DISTINCT ' : ''}${args}${order}${ignoreNulls ? ' IGNORE NULLS' : ''})${over ? ` OVER ${over}` : ''}`;
  }

  /** Refuses a call with too few or too many arguments. */
  expect(least: number, most = least): void {
    if (this.count < least) throw notEnoughArguments(this.name, least, this.count);
    if (this.count > most) throw tooManyArguments(this.name, most, this.count);
  }
}

/** Translates the calls of one function. */
export type FunctionRule = (call: Call) => Typed;

/** Functions by their upper-cased Snowflake name. */
export type FunctionRules = Readonly<Record<string, FunctionRule>>;
