import type { Call, FunctionRules } from '../call.ts';
import { as, coerce } from '../coerce.ts';
import { unsupported } from '../failures.ts';
import { TYPED } from '../prepare/lambdas.ts';
import { Scope } from '../scope.ts';
import { kindOf, nodeAt, partsOf } from '../tree.ts';
import type { Node } from '../tree.ts';
import { ARRAY, BOOLEAN, fixed, TEXT, VARIANT } from '../types.ts';
import type { Type, Typed } from '../types.ts';

/** A lambda of the call: how many parameters it has, and its body for DuckDB's names of them. */
interface Lambda {
  readonly variables: readonly string[];
  /** The body, where the parameters have these types; one that declares its own type has that one. */
  readonly body: (types: readonly Type[]) => Typed;
}

const lambdaAt = (call: Call, index: number, count: number): Lambda => {
  const node = call.parts.nodes[index];
  const parameters = node && kindOf(node) === 'lambda' ? (partsOf(node)['parameters'] as { name: string }[]) : [];
  if (!node || parameters.length !== count) throw unsupported(`${call.name} without a lambda of ${count}`);
  const variables = parameters.map(() => call.scope.alias('element'));
  return { variables, body };

  function body(types: readonly Type[]): Typed {
    const inside = new Scope(call.scope);
    const columns = parameters.map(({ name }, i) => {
      const [, type, own] = /^L(\d+)_([\s\S]*)$/.exec(name.slice(TYPED.length - 1)) ?? [];
      const declared = name.startsWith(TYPED) && type !== undefined;
      const value: Typed = { sql: variables[i]!, type: VARIANT };
      const typed = coerce(value, declared ? call.context.lambdaType(Number(type)) : types[i]!);
      return { name: call.context.identifier(declared ? own : name), ...typed };
    });
    inside.sources.push({ parts: [], columns });
    return call.context.expression(nodeAt(partsOf(node as Node), 'body')!, inside);
  }
};

/** The elements of an array; a null in JSON is NULL to a lambda. */
const elements = (call: Call): string => `_sf.nullable_elements(${call.variant(0)})`;

/** Numbers that a lambda adds up need room. */
const roomy = (type: Type): Type =>
  type.name === 'fixed' ? fixed(38, type.scale) : type.name === 'text' ? TEXT : type;

const reduce = (call: Call): Typed => {
  call.expect(3);
  const start = call.arg(1);
  const lambda = lambdaAt(call, 2, 2);
  const first = lambda.body([roomy(start.type), VARIANT]);
  const type = roomy(first.type);
  const step = as(coerce(lambda.body([type, VARIANT]), type), VARIANT);
  const folded = `list_reduce(${elements(call)}, lambda ${lambda.variables.join(', ')}: ${step}, ${as(coerce(start, type), VARIANT)})`;
  return coerce({ sql: folded, type: VARIANT }, type);
};

/** Functions of higher order over arrays. */
export const LAMBDAS: FunctionRules = {
  FILTER: (call) => {
    call.expect(2);
    const { variables, body } = lambdaAt(call, 1, 1);
    const kept = `list_filter(${elements(call)}, lambda ${variables[0]}: ${as(body([VARIANT]), BOOLEAN)})`;
    return { sql: `_sf.array_of(${kept})`, type: ARRAY };
  },
  REDUCE: reduce,
  TRANSFORM: (call) => {
    call.expect(2);
    const { variables, body } = lambdaAt(call, 1, 1);
    const changed = `list_transform(${elements(call)}, lambda ${variables[0]}: ${as(body([VARIANT]), VARIANT)})`;
    return { sql: `_sf.array_of(${changed})`, type: ARRAY };
  },
};
